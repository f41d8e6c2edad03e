"""Somebody with a computer and all published tables: how closely can they bound what is hidden?

They know that counts are not negative, that a yes is one of the cases of its row, and every figure and sum that is
published, over all tables and all margins of a period. Linear programming then gives the least and the most that any
hidden figure can be.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from safeconduct.domains.transparency.rules import LARGEST_HIDDEN, Appeals, Numbers, Question, Row, Split, Table
from safeconduct.domains.transparency.rules.counting import OF_CASES


@dataclass
class Known:
    """Equations and upper bounds over the cells of an attacker's choice."""

    size: int
    equal: list[tuple[np.ndarray, float]] = field(default_factory=list)
    at_most: list[tuple[np.ndarray, float]] = field(default_factory=list)

    def bounds(self, wanted: np.ndarray) -> tuple[float, float]:
        least = self._best(wanted, 1)
        most = self._best(wanted, -1)
        return least, most

    def _best(self, wanted: np.ndarray, sign: int) -> float:
        limits = {"A_ub": _rows(self.at_most), "b_ub": _sides(self.at_most)} if self.at_most else {}
        found = linprog(
            sign * wanted, A_eq=_rows(self.equal), b_eq=_sides(self.equal), bounds=(0, None), method="highs", **limits
        )
        assert found.status == 0, found.message  # what was published is true of some period at least
        return sign * found.fun


def _rows(conditions: Sequence[tuple[np.ndarray, float]]) -> csr_matrix:
    return csr_matrix(np.vstack([row for row, _ in conditions]))


def _sides(conditions: Sequence[tuple[np.ndarray, float]]) -> list[float]:
    return [side for _, side in conditions]


class Attack:
    """One attack on some tables at once, over joint cells that name a row of each table and each answer.

    Rows of which only the sum is shown look all alike to an attacker, so the first stands for all of a table, and
    beside it those in ``wanted``.
    """

    def __init__(self, numbers: Numbers, tables: Sequence[Table], *, wanted: Collection[str] = ()) -> None:
        rows = [[row.row for row in table.rows] for table in tables]
        self.named = wanted
        self.questions = [each for each in OF_CASES if any(each in _asked(table) for table in tables)]
        self.cells = [*product(*rows, *(("yes", "no") for _ in self.questions))]
        self.at = {table.by: place for place, table in enumerate(tables)}
        self.known = Known(len(self.cells))
        self.wanted: list[tuple[str, np.ndarray]] = []
        self.known.equal.append((np.ones(len(self.cells)), numbers.cases))
        for question in self.questions:
            split = numbers.splits[question]
            self._say(self._all(question), split, numbers.cases)
            self._want(question.value, self._all(question), hidden=split.yes is None)
        for table in tables:
            self._read(table)

    def bounds(self) -> Iterator[tuple[str, float, float]]:
        """Return the least and the most that each hidden figure can be."""
        for name, figure in self.wanted:
            yield name, *self.known.bounds(figure)

    def _read(self, table: Table) -> None:
        for row, names in _groups(table):
            self.known.equal.append((self._of(table, names), row.count or 0))
            for question, split in row.splits.items():
                self._say(self._of(table, names, question), split, row.count or 0)
        rows = self._attacked(table)
        for row, question in product(rows, _asked(table)):
            hidden = row.count is None or row.splits[question].yes is None
            self._want(f"{table.by} {row.row} {question}", self._of(table, [row.row], question), hidden=hidden)
        for row in rows:
            self._want(f"{table.by} {row.row}", self._of(table, [row.row]), hidden=row.count is None)

    def _attacked(self, table: Table) -> list[Row]:
        summed = [row for row in table.rows if row.count is None]
        return [row for row in table.rows if row not in summed[1:] or row.row in self.named]

    def _of(self, table: Table, rows: Sequence[str], question: Question | None = None) -> np.ndarray:
        inside = np.array([cell[self.at[table.by]] in rows for cell in self.cells], dtype=float)
        return inside if question is None else inside * self._all(question)

    def _all(self, question: Question) -> np.ndarray:
        place = len(self.at) + self.questions.index(question)
        return np.array([cell[place] == "yes" for cell in self.cells], dtype=float)

    def _want(self, name: str, figure: np.ndarray, *, hidden: bool) -> None:
        if hidden:
            self.wanted.append((name, figure))

    def _say(self, yes: np.ndarray, split: Split, cases: int) -> None:
        if split.yes is not None:
            self.known.equal.append((yes, split.yes))
        elif split.few == "yes":
            self.known.at_most.append((yes, LARGEST_HIDDEN))
        elif split.few == "no":
            self.known.at_most.append((-yes, LARGEST_HIDDEN - cases))


def _asked(table: Table) -> list[Question]:
    return [*next(row for row in (*table.rows, table.together) if row and row.count is not None).splits]


def _groups(table: Table) -> Iterator[tuple[Row, list[str]]]:
    for row in table.rows:
        if row.count is not None:
            yield row, [row.row]
    if table.together:
        yield table.together, [row.row for row in table.rows if row.count is None]


class AppealAttack:
    """One attack on the appeals and the cases of some dimensions at once, over joint cells of both.

    They know more than is true: that every appeal is against a case of this very period and each case is appealed
    against once at most. Cells are cases not appealed against, appeals upheld, and appeals overturned.
    """

    KINDS = ("case", "upheld", "overturned")

    def __init__(self, numbers: Numbers, appeals: Appeals, places: Sequence[int]) -> None:
        of_cases = {table.by: table for table in numbers.tables}
        self.cases = [of_cases.get(appeals.tables[place].by) for place in places]
        self.appeals = [appeals.tables[place] for place in places]
        self.cells = [*product(*([row.row for row in table.rows] for table in self.appeals), self.KINDS)]
        self.known = Known(len(self.cells))
        self.known.equal += [(self._of(self.KINDS), numbers.cases), (self._appealed(), appeals.count)]
        self._say(self._of(("overturned",)), appeals.splits[Question.OVERTURNED], appeals.count)
        for place in range(len(places)):
            self._read(place)

    def bounds(self) -> Iterator[tuple[str, float, float]]:
        """Return the least and the most that each hidden figure of either can be."""
        for place, (cases, appeals) in enumerate(zip(self.cases, self.appeals, strict=True)):
            for at, told in enumerate(appeals.rows):
                wanted = [("appeals", ("upheld", "overturned"), told.count)]
                wanted += [("cases", self.KINDS, cases.rows[at].count)] if cases else []
                split = told.splits.get(Question.OVERTURNED)
                wanted.append(("overturned", ("overturned",), split.yes if split else None))
                for what, kinds, shown in wanted:
                    if shown is None:
                        yield f"{what} {told.row}", *self.known.bounds(self._of(kinds, place, [told.row]))

    def _read(self, place: int) -> None:
        cases = self.cases[place]
        for row, names in _groups(cases) if cases else ():
            self.known.equal.append((self._of(self.KINDS, place, names), row.count or 0))
        for row, names in _groups(self.appeals[place]):
            self.known.equal.append((self._of(("upheld", "overturned"), place, names), row.count or 0))
            self._say(self._of(("overturned",), place, names), row.splits[Question.OVERTURNED], row.count or 0)

    def _appealed(self) -> np.ndarray:
        return self._of(("upheld", "overturned"))

    def _of(self, kinds: Sequence[str], place: int = 0, rows: Sequence[str] | None = None) -> np.ndarray:
        inside = [cell[-1] in kinds and (rows is None or cell[place] in rows) for cell in self.cells]
        return np.array(inside, dtype=float)

    def _say(self, yes: np.ndarray, split: Split, count: int) -> None:
        if split.yes is not None:
            self.known.equal.append((yes, split.yes))
        elif split.few == "yes":
            self.known.at_most.append((yes, LARGEST_HIDDEN))
        elif split.few == "no":
            self.known.at_most.append((-yes, LARGEST_HIDDEN - count))
