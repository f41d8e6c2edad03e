"""A published period as a page shows it: findings as headings, a chart and the table beside it, and what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from safeconduct.domains.transparency.rules import Appeals, Numbers, Question, Row, Table, Total
from safeconduct.domains.transparency.views import Published
from safeconduct.web.figures.charts import Amount, Chart, charts
from safeconduct.web.figures.words import (
    APPEALS_TABLE,
    COLUMN,
    MOST,
    PROMISE,
    TABLE,
    count_words,
    is_telling,
    row_words,
    split_words,
)


@dataclass(frozen=True)
class Line:
    """One line of a table: its name, its cases, one answer for each question of the table."""

    name: str
    cases: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One table with its chart. ``unit`` heads its counts; ``hidden`` names the rows that ``together`` sums up.

    ``only_summed`` names the questions that no row answers: the sum over all rows alone is shown.
    """

    finding: str
    about: str
    unit: str
    columns: tuple[str, ...]
    only_summed: tuple[str, ...]
    lines: tuple[Line, ...]
    together: Line | None
    hidden: tuple[str, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Promised:
    """What was promised, and how often it was so."""

    promise: str
    done: str


@dataclass(frozen=True)
class Appealed:
    """Appeals of the period as a page says them."""

    count: str
    overturned: str
    in_time: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Demanded:
    """Demands of authorities that ended in the period, as a page says them."""

    count: str
    handed_over: str


@dataclass(frozen=True)
class Drawn:
    """Everything of a period that a page shows."""

    published: Published
    cases: str
    promised: tuple[Promised, ...]
    secured: str
    acts: str
    figures: tuple[Figure, ...]
    appeals: Appealed | None
    demands: Demanded | None


def drawn(published: Published) -> Drawn:
    """Return a period in the page's language."""
    numbers = published.document.numbers
    figures = tuple(_figure(table) for table in numbers.tables)
    secured = split_words(numbers.splits[Question.SECURED], numbers.cases)
    return Drawn(
        published,
        count_words(numbers.cases),
        _promised(numbers),
        secured,
        acts=count_words(numbers.acts) if numbers.acts is not None else "",
        figures=figures,
        appeals=_appealed(numbers.appeals) if numbers.appeals else None,
        demands=_demanded(numbers.demands) if numbers.demands else None,
    )


def _appealed(appeals: Appeals) -> Appealed:
    return Appealed(
        count_words(appeals.count),
        split_words(appeals.splits[Question.OVERTURNED], appeals.count),
        split_words(appeals.splits[Question.DECIDED], appeals.count),
        tuple(_figure(table, of_appeals=True) for table in appeals.tables),
    )


def _demanded(demands: Total) -> Demanded:
    return Demanded(count_words(demands.count), split_words(demands.splits[Question.HANDED_OVER], demands.count))


def _promised(numbers: Numbers) -> tuple[Promised, ...]:
    return tuple(
        Promised(str(promise), split_words(numbers.splits[Question(question)], numbers.cases))
        for question, promise in PROMISE.items()
    )


def _figure(table: Table, *, of_appeals: bool = False) -> Figure:
    shown = sorted((row for row in table.rows if row.count), key=lambda row: -(row.count or 0))
    together = gettext("Others, together") if shown else gettext("All, together")
    asked = [*next(row for row in (*shown, table.together) if row).splits]
    questions = [each for each in asked if any(_answers(row, each) for row in (*shown, table.together))]
    named = [(row_words(table.by, row.row), row) for row in shown]
    summed = [(together, table.together)] if table.together else []
    return Figure(
        finding=str(APPEALS_TABLE[table.by]) if of_appeals else _finding(table, shown),
        about=str((APPEALS_TABLE if of_appeals else TABLE)[table.by]),
        unit=gettext("Appeals") if of_appeals else gettext("Cases"),
        columns=tuple(str(COLUMN[question]) for question in questions),
        only_summed=tuple(str(COLUMN[each]) for each in asked if each not in questions),
        lines=tuple(_line(name, row, questions) for name, row in named),
        together=next((_line(name, row, questions) for name, row in summed), None),
        hidden=tuple(row_words(table.by, row.row) for row in table.rows if row.count is None),
        charts=_charts(named, summed),
    )


def _answers(row: Row | None, question: Question) -> bool:
    return row is not None and row.splits[question].yes is not None


def _finding(table: Table, shown: Sequence[Row]) -> str:
    if not shown:
        return gettext("%(about)s: too few to show") % {"about": TABLE[table.by]}
    first = shown[0]
    largest = (first.count or 0) > (table.together.count or 0 if table.together else 0)
    if not is_telling(first.row) or not largest:
        return str(TABLE[table.by])
    return str(MOST[table.by]) % {"row": row_words(table.by, first.row)}


def _line(name: str, row: Row, questions: Sequence[Question]) -> Line:
    cases = row.count or 0
    return Line(name, count_words(cases), tuple(split_words(row.splits[each], cases) for each in questions))


def _charts(named: Sequence[tuple[str, Row]], summed: Sequence[tuple[str, Row]]) -> tuple[Chart, ...]:
    if not named:
        return ()
    amounts = [Amount(name, row.count or 0) for name, row in named]
    amounts += [Amount(name, row.count or 0, together=True) for name, row in summed]
    return charts(amounts)
