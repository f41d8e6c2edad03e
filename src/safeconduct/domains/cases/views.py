"""What others read from cases: queue rows, case files, conversations. All of it was opened for someone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safeconduct.domains.cases.rules import (
    Assessment,
    Clock,
    Linkage,
    Mode,
    OriginKind,
    Outcome,
    Reason,
    Sender,
    Severity,
    Stage,
    Step,
    Threat,
    Verb,
)
from safeconduct.domains.cases.values import AccountNamed, Answers
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.domains.safety.views import BundleView


class QueueView(StrEnum):
    """Which cases a queue shows."""

    MINE = "mine"
    OPEN = "open"  # open to take: nobody's yet
    ALL = "all"
    CLOSED = "closed"


class ReaderKind(StrEnum):
    """In which part someone can read a conversation."""

    REPORTER = "reporter"
    MEMBER = "member"
    TEAM = "team"
    PARTNER = "partner"


@dataclass(frozen=True)
class Reader:
    """Someone who can read a conversation. A reporter has no name here."""

    kind: ReaderKind
    name: str

    def __str__(self) -> str:
        """Return the name, empty for the reporter."""
        return self.name


@dataclass(frozen=True)
class FileView:
    """An attachment, without its key. ``name`` and ``kind`` are as the sender's device gave them: trust neither."""

    id: UUID
    name: str
    kind: str
    size_bytes: int


@dataclass(frozen=True)
class DecisionView:
    """What was decided. ``words_for_acted_on`` and ``evidence`` are empty on the reporter's side."""

    outcome: Outcome
    reason: Reason
    words: str
    decided_by_name: str
    decided_at: datetime
    words_for_acted_on: str = ""
    evidence: tuple[str, ...] = ()
    consent: bool | None = None


@dataclass(frozen=True)
class MessageView:
    """One letter. ``mine`` is True on the side that wrote it; a forgotten one has no text and no files."""

    id: UUID
    at: datetime
    sender: Sender
    sender_name: str
    text: str
    files: tuple[FileView, ...]
    revision: int
    forgotten: bool
    mine: bool


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the record: ``by`` is a name, or empty for a reporter or a rule (see ``by_kind``)."""

    id: UUID
    at: datetime
    action: str
    by: str
    by_kind: str
    subject: UUID


@dataclass(frozen=True)
class ConversationView:
    """A report's conversation, for whoever holds a key to it."""

    report_id: UUID
    case_id: UUID
    number: str
    conversation: UUID
    stage: Stage
    severity: Severity
    outcome: Outcome | None
    language: str
    received_at: datetime
    clocks: tuple[Clock, ...]
    reply_due: datetime
    replied_at: datetime | None
    answer_due: datetime | None  # when a person writes next, if one owes an answer
    settle_due: datetime
    answers: Answers
    files: tuple[FileView, ...]
    messages: tuple[MessageView, ...]
    acts: tuple[BundleView, ...]
    decision: DecisionView | None
    who_can_read: tuple[Reader, ...]
    origin: OriginKind
    partner_name: str
    reference: str
    writer_name: str  # who answers: the person who has taken the case, or empty
    files_allowed: bool
    may_write: bool
    closed: bool
    way_open: bool
    feedback_asked: bool
    feedback_given: bool
    as_of: datetime

    @property
    def state(self) -> str:
        """Return one word for templates: ``waiting``, ``answered``, ``acting``, ``decided`` or ``closed``."""
        if self.stage in {Stage.CLOSED, Stage.DECIDED}:
            return self.stage.value
        if self.answer_due is not None:
            return "waiting"
        return "acting" if self.stage is Stage.ACTING else "answered"

    @property
    def accounts(self) -> tuple[AccountNamed, ...]:
        """Return the accounts to protect."""
        return tuple(account for account in self.answers.accounts if account.mine)

    @property
    def who_else_sees(self) -> WhoElse:
        """Return who else can see the account or phone, in the reporter's own judgement."""
        return self.answers.who_else_sees


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, opened for this reader only. It names nobody and quotes nothing."""

    case_id: UUID
    number: str
    severity: Severity
    stage: Stage
    due_at: datetime | None
    due_kind: str
    late: bool
    started_at: datetime
    assignee_id: UUID | None
    assignee: str
    language: str
    summary: str
    happened: tuple[Threat, ...]
    platform: str
    country: str
    origin: OriginKind
    partner_name: str
    reports: int
    outcome: Outcome | None
    restricted: bool
    group: UUID | None


@dataclass(frozen=True)
class PartnerRow:
    """One of a partner's own reports, as their members and programs see it."""

    report_id: UUID
    case_id: UUID
    number: str
    reference: str
    stage: Stage
    severity: Severity
    outcome: Outcome | None
    received_at: datetime
    clocks: tuple[Clock, ...]
    language: str
    happened: tuple[Threat, ...]
    late: bool


@dataclass(frozen=True)
class ReportView:
    """One report inside a case, with its conversation."""

    id: UUID
    conversation: UUID
    received_at: datetime
    language: str
    origin: OriginKind
    partner_name: str
    reference: str
    answers: Answers
    files: tuple[FileView, ...]
    messages: tuple[MessageView, ...]
    clocks: tuple[Clock, ...]
    acts: tuple[BundleView, ...]
    can_write: bool
    way_open: bool
    feedback: str


@dataclass(frozen=True)
class NoteView:
    """One entry of the work file."""

    id: UUID
    at: datetime
    by_name: str
    kind: str
    text: str


@dataclass(frozen=True)
class EvidenceView:
    """A thing kept as evidence: what a reporter sent, what staff added."""

    id: UUID
    name: str
    kind: str
    size_bytes: int
    sha256: str
    captured_at: datetime
    by_name: str
    source: str  # reporter, partner or us


@dataclass(frozen=True)
class AssessmentView:
    """How the severity came about. ``by_name`` is empty while only the rules have spoken."""

    answers: Assessment | None
    severity: Severity
    reason: str
    at: datetime
    by_name: str


@dataclass(frozen=True)
class PageView:
    """A page that went out and what became of it."""

    id: UUID
    number: str
    case_id: UUID
    step: Step
    sent_at: datetime | None
    times: int
    to_name: str
    mine: bool
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True)
class Group:
    """Cases whose words are alike, of those this reader can open and nobody has taken."""

    id: UUID
    size: int
    severity: Severity
    first_at: datetime
    last_at: datetime
    numbers: tuple[str, ...]
    sample: str


@dataclass(frozen=True)
class CaseView:
    """A whole case, opened for one member of staff."""

    id: UUID
    number: str
    severity: Severity
    stage: Stage
    outcome: Outcome | None
    restricted: bool  # child-abuse material: nothing is shown, nothing is copied
    language: str
    received_at: datetime
    clocks: tuple[Clock, ...]
    due_at: datetime | None
    due_kind: str
    assignee_id: UUID | None
    assignee: str
    summary: str
    happened: tuple[Threat, ...]
    platform: str
    country: str
    reports: tuple[ReportView, ...]
    accounts: tuple[AccountNamed, ...]
    notes: tuple[NoteView, ...]
    evidence: tuple[EvidenceView, ...]
    assessment: AssessmentView
    timeline: tuple[TimelineEntry, ...]
    people: tuple[Reader, ...]
    acts: tuple[BundleView, ...]
    decision: DecisionView | None
    linkage: Linkage | None
    exclusions: tuple[str, ...]  # in words, as the reporters gave them
    pages: tuple[PageView, ...]
    group: Group | None
    can: frozenset[Verb]


@dataclass(frozen=True)
class ChannelView:
    """Whether the door is open, to whom, and what stands against opening it wider."""

    mode: Mode
    since: datetime | None
    refusals: tuple[str, ...]
    pager_tested_at: datetime | None
    people_who_can_open: int
