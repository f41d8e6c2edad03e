"""A published period as a file: JSON for programs, whose bytes are what the record vouches for, and CSV."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Final

from pydantic import TypeAdapter

from safeconduct.domains.transparency.rules.hiding import LARGEST_HIDDEN
from safeconduct.domains.transparency.rules.periods import Period
from safeconduct.domains.transparency.rules.tables import Numbers, Row, Split, Table, Total

FORMAT: Final = "safeconduct-numbers/1"
HEADINGS = ("of", "table", "row", "count", "question", "yes", "no")
HIDDEN = "not shown"


@dataclass(frozen=True)
class Document:
    """What is published of a period. Days are the first Monday and the last Sunday of its weeks."""

    format: str
    simulated: bool
    period: str
    first_day: date
    last_day: date
    closed_on: date
    hidden_up_to: int
    numbers: Numbers


_JSON: TypeAdapter[Document] = TypeAdapter(Document)


def document_of(numbers: Numbers, period: Period, *, closed_on: date, simulated: bool) -> Document:
    """Return a period's document."""
    first, last = period.first_day, period.last_day
    return Document(FORMAT, simulated, period.key, first, last, closed_on, LARGEST_HIDDEN, numbers)


def written(document: Document) -> str:
    """Return the document as JSON: the same figures are the same bytes."""
    return _JSON.dump_json(document, indent=1).decode() + "\n"


def read(text: str) -> Document:
    """Return the document that JSON holds."""
    return _JSON.validate_json(text)


def as_csv(document: Document) -> str:
    """Return the same figures as one table for a spreadsheet."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([HEADINGS, *_lines(document.numbers)])
    return out.getvalue()


def _lines(numbers: Numbers) -> Iterator[tuple[str | int, ...]]:
    yield from _whole("cases", Total(numbers.cases, numbers.splits), numbers.tables)
    yield "acts", "all", "all", HIDDEN if numbers.acts is None else numbers.acts, "", "", ""
    yield from _whole("appeals", numbers.appeals, numbers.appeals.tables if numbers.appeals else ())
    yield from _whole("demands", numbers.demands, ())


def _whole(of: str, total: Total | None, tables: Sequence[Table]) -> Iterator[tuple[str | int, ...]]:
    yield from _row(of, "all", Row("all", total.count if total else None, total.splits if total else {}))
    for table in tables:
        for row in (*table.rows, *([table.together] if table.together else [])):
            yield from _row(of, table.by.value, row)


def _row(of: str, table: str, row: Row) -> Iterator[tuple[str | int, ...]]:
    count = HIDDEN if row.count is None else row.count
    yield of, table, row.row, count, "", "", ""
    for question, split in row.splits.items():
        yield of, table, row.row, count, question.value, _side(split, "yes"), _side(split, "no")


def _side(split: Split, side: str) -> str | int:
    if split.few == side:
        return f"{LARGEST_HIDDEN} or fewer"
    figure = split.yes if side == "yes" else split.no
    return HIDDEN if figure is None else figure
