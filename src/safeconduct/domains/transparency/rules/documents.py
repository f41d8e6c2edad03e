"""A published period as a file: JSON for programs, whose bytes are what the record vouches for, and CSV."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Final

from pydantic import TypeAdapter

from safeconduct.domains.transparency.rules.hiding import LARGEST_HIDDEN
from safeconduct.domains.transparency.rules.periods import Period
from safeconduct.domains.transparency.rules.tables import Numbers, Row, Split

FORMAT: Final = "safeconduct-numbers/1"
HEADINGS = ("table", "row", "cases", "question", "yes", "no")
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
    yield from _of("all", Row("all", numbers.cases, numbers.splits))
    for table in numbers.tables:
        for row in (*table.rows, *([table.together] if table.together else [])):
            yield from _of(table.by.value, row)


def _of(table: str, row: Row) -> Iterator[tuple[str | int, ...]]:
    cases = HIDDEN if row.cases is None else row.cases
    yield table, row.row, cases, "", "", ""
    for question, split in row.splits.items():
        yield table, row.row, cases, question.value, _side(split, "yes"), _side(split, "no")


def _side(split: Split, side: str) -> str | int:
    if split.few == side:
        return f"{LARGEST_HIDDEN} or fewer"
    figure = split.yes if side == "yes" else split.no
    return HIDDEN if figure is None else figure
