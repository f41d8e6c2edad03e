"""How things are written before they are sealed, and the one place in which each opens."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.accounts.values import Exclusions
from safeconduct.connectors.port import AccountRef, ActRecord
from safeconduct.domains.remedy.rules import Conclusion, Said, Side, Urgency
from safeconduct.domains.remedy.rules import Remedy as RemedyKind
from safeconduct.vault import Place
from safeconduct.vault.papers import Form, KeptFile


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

    conclusion: Conclusion
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
class NoticeParcel:
    """What a worker needs to put a statement into its account. ``words`` end with the code that nobody here reads."""

    record_key: str = field(repr=False)  # in hexadecimal
    account: AccountRef
    words: str = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class NoticeRecord:
    """To which account a statement went, and what the platform said and showed of it. Never the words."""

    account: AccountRef
    tries: int = 0
    act_record: ActRecord | None = None


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


LEFT = Form(Left, "remedy_reviewfile", "sealed")
TOLD = Form(Told, "remedy_appeal", "sealed")
OUTCOME = Form(Outcome, "remedy_appeal", "sealed_outcome")
LETTER = Form(Letter, "remedy_appealletter", "sealed")
STATEMENT = Form(StatementPaper, "remedy_statement", "sealed")
NOTICE_PARCEL = Form(NoticeParcel, "remedy_statementnotice", "sealed_parcel")
NOTICE_RECORD = Form(NoticeRecord, "remedy_statementnotice", "sealed_record")
PROMISED = Form(Promised, "remedy_promise", "sealed")
DELIVERED = Form(Delivered, "remedy_promise", "sealed_proof")


def place_of_inner(file_id: UUID) -> Place:
    """Return where the inner lock of a review file belongs: under the reviewers' envelope."""
    return Place("remedy_reviewfile", file_id, "inner")


def place_of_lock(lock_id: UUID) -> Place:
    """Return where the outer lock of a report belongs: under its conversation."""
    return Place("remedy_reviewlock", lock_id, "sealed")


def place_of_record_key(notice_id: UUID) -> Place:
    """Return where the key of what came of a notice belongs: under the case's work file."""
    return Place("remedy_statementnotice", notice_id, "sealed_record_key")


def place_of_statement_lock(statement_id: UUID) -> Place:
    """Return where the outer lock of a statement belongs: under the key of the code that stands on it."""
    return Place("remedy_statement", statement_id, "sealed_lock")
