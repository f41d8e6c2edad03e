"""The published figures of a period: slips summed into tables, with what must be hidden left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from safeconduct.domains.transparency.rules.counting import (
    OF_APPEALS,
    OF_CASES,
    OF_DEMANDS,
    AppealSlip,
    Counted,
    DemandSlip,
    Dimension,
    Question,
    Slip,
    rows_of,
)
from safeconduct.domains.transparency.rules.hiding import (
    LARGEST_HIDDEN,
    is_small,
    rows_together,
    rows_together_within,
    splits_hidden,
)
from safeconduct.kernel.errors import Refused

Counting = TypeVar("Counting", Slip, AppealSlip)
Questions = tuple[Question, ...]

# Which questions are shown in which table. Drawn as lines between tables and questions these make no ring, and must
# not: round a ring one could work out more than each table says by itself (docs/decisions/0010).
SHOWN_IN: Final = {
    Dimension.THREAT: (Question.REPLIED, Question.SECURED),
    Dimension.REGION: (Question.REPLIED, Question.SETTLED),
    Dimension.LANGUAGE: (Question.REPLIED,),
    Dimension.OUTCOME: (),
}
APPEALS_SHOWN_IN: Final = {
    Dimension.THREAT: (Question.OVERTURNED,),
    Dimension.REGION: (Question.OVERTURNED,),
    Dimension.LANGUAGE: (Question.OVERTURNED, Question.DECIDED),
    Dimension.SIDE: (Question.OVERTURNED,),
}
TOO_FEW = "Ten or fewer cases closed in this period, so nothing of it can be shown. Take more months together."


@dataclass(frozen=True)
class Split:
    """How many say yes and how many no; ``few`` names the side that is ten or fewer, where that alone is said."""

    yes: int | None = None
    no: int | None = None
    few: str = ""


@dataclass(frozen=True)
class Row:
    """One row. ``count`` is None where only the sum with others is shown; a question not shown here is left out."""

    row: str
    count: int | None
    splits: dict[Question, Split]


@dataclass(frozen=True)
class Table:
    """What a period holds by one dimension. ``together`` is the sum of the rows that are not shown by themselves."""

    by: Dimension
    rows: tuple[Row, ...]
    together: Row | None


@dataclass(frozen=True)
class Shown:
    """What of a table is shown: rows by themselves, the rows that are only summed, the questions it answers."""

    groups: Sequence[tuple[str, ...]]
    summed: tuple[str, ...]
    questions: Sequence[Question]


@dataclass(frozen=True)
class Total:
    """How many there were in the whole period, where that may be said, and their answers."""

    count: int
    splits: dict[Question, Split]


@dataclass(frozen=True)
class Appeals(Total):
    """Appeals decided in the period, whenever their cases closed."""

    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Numbers:
    """All figures of a period. ``acts``, ``appeals`` and ``demands`` are None where they may not be shown."""

    cases: int
    splits: dict[Question, Split]
    tables: tuple[Table, ...]
    acts: int | None = None
    appeals: Appeals | None = None
    demands: Total | None = None


def numbers_from(counted: Sequence[Counted], *, languages: Sequence[str]) -> Numbers:
    """Sum up a period, or refuse when it holds too little to show anything."""
    slips = [each for each in counted if isinstance(each, Slip)]
    if len(slips) <= LARGEST_HIDDEN:
        raise Refused("numbers.too-few", TOO_FEW)
    splits = {question: _whole(slips, question) for question in OF_CASES}
    tables = tuple(_table(slips, dimension, rows_of(dimension, languages), SHOWN_IN) for dimension in SHOWN_IN)
    demands = [each for each in counted if isinstance(each, DemandSlip)]
    return Numbers(
        len(slips),
        splits,
        tables,
        # More than ten cases have one, so the sum is no one case's.
        acts=sum(slip.acts for slip in slips) if splits[Question.SECURED].yes is not None else None,
        appeals=_appeals([each for each in counted if isinstance(each, AppealSlip)], tables, languages),
        demands=_total(demands, OF_DEMANDS) if len(demands) > LARGEST_HIDDEN else None,
    )


def _total(counted: Sequence[Counted], questions: Sequence[Question]) -> Total:
    return Total(len(counted), {question: _whole(counted, question) for question in questions})


def _whole(slips: Sequence[Counted], question: Question) -> Split:
    """Return a question over the whole period: a small side is said to be ten or fewer, where that tells no more."""
    count, yes = len(slips), sum(slip.says(question) for slip in slips)
    if not is_small(yes, count):
        return Split(yes, count - yes)
    if count <= 2 * LARGEST_HIDDEN:
        # Here "ten or fewer missed" would also say that hardly any can have been missed.
        return Split()
    return Split(few="yes" if yes <= LARGEST_HIDDEN else "no")


def _table(
    slips: Sequence[Counting], dimension: Dimension, names: tuple[str, ...], shown_in: Mapping[Dimension, Questions]
) -> Table:
    slips = [_among(slip, dimension, names) for slip in slips]
    counted = Counter(slip.row(dimension) for slip in slips)
    hidden = rows_together([counted[name] for name in names])
    groups: list[tuple[str, ...]] = [(name,) for place, name in enumerate(names) if place not in hidden]
    summed = tuple(name for place, name in enumerate(names) if place in hidden)
    return _drawn(slips, dimension, names, Shown(groups, summed, shown_in[dimension]))


def _appeals(slips: Sequence[AppealSlip], of_cases: Sequence[Table], languages: Sequence[str]) -> Appeals | None:
    """Sum up appeals so that they tell nothing of the cases either, though each were against a case of this period."""
    if len(slips) <= LARGEST_HIDDEN:
        return None
    dimensions = [table for table in of_cases if table.by in APPEALS_SHOWN_IN]
    tables = [_appeal_table(slips, table, rows_of(table.by, languages)) for table in dimensions]
    shown = tuple(table for table in tables if table is not None)
    if len(shown) < len(tables):
        return None
    # Cases have no side, so nothing of theirs bounds this table or is bounded by it.
    sides = _table(slips, Dimension.SIDE, rows_of(Dimension.SIDE, languages), APPEALS_SHOWN_IN)
    total = _total(slips, OF_APPEALS)
    return Appeals(total.count, total.splits, (*shown, sides))


def _appeal_table(slips: Sequence[AppealSlip], cases: Table, names: tuple[str, ...]) -> Table | None:
    slips = [_among(slip, cases.by, names) for slip in slips]
    counted = Counter(slip.row(cases.by) for slip in slips)
    # What is one sum among the cases is one here, too; and it is never shown by itself.
    groups: list[tuple[str, ...]] = [(row.row,) for row in cases.rows if row.count is not None]
    caps = [row.count or 0 for row in cases.rows if row.count is not None]
    if cases.together:
        groups.append(tuple(row.row for row in cases.rows if row.count is None))
        caps.append(cases.together.count or 0)
    counts = [sum(counted[name] for name in group) for group in groups]
    hidden = rows_together_within(counts, caps, first=[len(groups) - 1] if cases.together else [])
    if hidden is None:
        return None
    shown = [group for place, group in enumerate(groups) if place not in hidden]
    summed = tuple(name for name in names if any(name in groups[place] for place in hidden))
    return _drawn(slips, cases.by, names, Shown(shown, summed, APPEALS_SHOWN_IN[cases.by]))


def _drawn(slips: Sequence[Counted], dimension: Dimension, names: tuple[str, ...], what: Shown) -> Table:
    groups = [*what.groups, *([what.summed] if what.summed else [])]
    drawn = _rows(slips, dimension, groups, what.questions)
    shown = {row.row: row for row in (drawn[:-1] if what.summed else drawn)}
    rows = tuple(shown.get(name) or Row(name, None, {}) for name in names)
    return Table(dimension, rows, drawn[-1] if what.summed else None)


def _among(slip: Counting, dimension: Dimension, names: tuple[str, ...]) -> Counting:
    """Count in the last row, which is for the rest, what has no row: languages offered may change in a period."""
    return slip if slip.row(dimension) in names else slip.moved(dimension, names[-1])


def _rows(
    slips: Sequence[Counted], dimension: Dimension, groups: Sequence[tuple[str, ...]], questions: Sequence[Question]
) -> list[Row]:
    inside = [[slip for slip in slips if slip.row(dimension) in group] for group in groups]
    counts = [len(each) for each in inside]
    splits: list[dict[Question, Split]] = [{} for _ in groups]
    for question in questions:
        yes = [sum(slip.says(question) for slip in each) for each in inside]
        hidden = splits_hidden(yes, counts)
        for place in range(len(groups)):
            said = Split() if place in hidden else Split(yes[place], counts[place] - yes[place])
            splits[place][question] = said
    names = [group[0] if len(group) == 1 else "together" for group in groups]
    return [Row(*each) for each in zip(names, counts, splits, strict=True)]
