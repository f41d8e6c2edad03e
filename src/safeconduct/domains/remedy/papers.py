"""How things are written before they are sealed, and the one place in which each opens."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.remedy.rules import Finding, Said, Side, Urgency
from safeconduct.domains.remedy.rules import Remedy as RemedyKind
from safeconduct.vault import Opened, Place, SealedFile, boxes

Paper = TypeVar("Paper")
KeptFile = dict[str, str | int]


@dataclass(frozen=True)
class Left:
    """Who must not read a case: by its reporters' wish, or because they stepped back. For reviewers only."""

    exclusions: Exclusions
    without: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Told:
    """What whoever appeals says. The appellant reads it too, so nothing of a report may stand in it."""

    side: Side
    words: str
    new_evidence: str
    urgency: Urgency
    language: str
    statement: str = ""


@dataclass(frozen=True)
class Letter:
    """One message. ``by_name`` is empty for whoever appeals."""

    by_name: str
    text: str
    at: datetime
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a reviewer decided. ``undone`` are the orders that carry it out; ``read_back_at`` is when that was seen."""

    finding: Finding
    words: str
    by_name: str
    at: datetime
    undone: tuple[UUID, ...] = ()
    read_back_at: datetime | None = None


@dataclass(frozen=True)
class StatementPaper:
    """A statement of reasons as it was given."""

    said: Said
    text: str
    language: str


@dataclass(frozen=True)
class Promised:
    """A remedy in the words that the reporter reads."""

    kind: RemedyKind
    words: str
    by_name: str


@dataclass(frozen=True)
class Delivered:
    """What shows that a remedy was delivered."""

    proof: str = field(repr=False)
    by_name: str
    at: datetime


class Form(Generic[Paper]):
    """Seals one kind of paper into one column, under an envelope or under the key of a code."""

    def __init__(self, kind: type[Paper], table: str, column: str) -> None:
        self._adapter: TypeAdapter[Paper] = TypeAdapter(kind)
        self._table, self._column = table, column

    def _place(self, row: UUID) -> Place:
        return Place(self._table, row, self._column)

    def seal(self, paper: Paper, opened: Opened, row: UUID) -> bytes:
        """Seal a paper for its row."""
        return opened.seal(self._adapter.dump_json(paper), self._place(row))

    def read(self, sealed: bytes | memoryview, opened: Opened, row: UUID) -> Paper:
        """Read the paper of a row."""
        return self._adapter.validate_json(opened.read(bytes(sealed), self._place(row)))

    def seal_under(self, paper: Paper, key: bytes, row: UUID) -> bytes:
        """Seal a paper for its row under the key of a code."""
        return boxes.sealed_under(key, self._adapter.dump_json(paper), self._place(row))

    def read_under(self, sealed: bytes | memoryview, key: bytes, row: UUID) -> Paper:
        """Read the paper of a row with the key of a code."""
        return self._adapter.validate_json(boxes.opened_under(key, bytes(sealed), self._place(row)))


LEFT = Form(Left, "remedy_reviewfile", "sealed")
TOLD = Form(Told, "remedy_appeal", "sealed")
OUTCOME = Form(Outcome, "remedy_appeal", "sealed_outcome")
LETTER = Form(Letter, "remedy_appealletter", "sealed")
STATEMENT = Form(StatementPaper, "remedy_statement", "sealed")
PROMISED = Form(Promised, "remedy_promise", "sealed")
DELIVERED = Form(Delivered, "remedy_promise", "sealed_proof")


def place_of_inner(file_id: UUID) -> Place:
    """Return where the inner lock of a review file belongs: under the reviewers' envelope."""
    return Place("remedy_reviewfile", file_id, "inner")


def place_of_lock(lock_id: UUID) -> Place:
    """Return where the outer lock of a report belongs: under its conversation."""
    return Place("remedy_reviewlock", lock_id, "sealed")


def place_of_statement_lock(statement_id: UUID) -> Place:
    """Return where the outer lock of a statement belongs: under the key of the code that stands on it."""
    return Place("remedy_statement", statement_id, "sealed_lock")


def kept_files(files: tuple[SealedFile, ...]) -> tuple[KeptFile, ...]:
    """Return files, keys included, as they are written into a letter that is sealed."""
    return tuple(file.as_json() for file in files)


def sealed_files(kept: tuple[KeptFile, ...]) -> tuple[SealedFile, ...]:
    """Return the files that a letter names."""
    return tuple(SealedFile.from_json(each) for each in kept)


def size_of(kept: tuple[KeptFile, ...]) -> int:
    """Return how many bytes the files of a letter have together."""
    return sum(file.size_bytes for file in sealed_files(kept))
