"""A whole case as staff read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases.rules import (
    Assessment,
    Clock,
    EvidenceKind,
    Linkage,
    OriginKind,
    Outcome,
    Severity,
    Stage,
    Threat,
    Verb,
)
from safeconduct.domains.cases.values import AccountNamed, Answers, Consent
from safeconduct.domains.cases.views.conversation import DecisionView, FileView, MessageView, Reader
from safeconduct.domains.cases.views.queue import Group, PageView
from safeconduct.domains.safety.views import BundleView


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the record: ``by`` is a name, or empty for a reporter or a rule (see ``by_kind``).

    Of what ``somebody`` did this reader is told neither the name nor more of ``at`` than the day.
    """

    id: UUID
    at: datetime
    action: str
    by: str
    by_kind: str
    subject: UUID
    somebody: bool = False


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
    consent: Consent | None


@dataclass(frozen=True)
class NoteView:
    """One entry of the work file."""

    id: UUID
    at: datetime
    by_name: str
    kind: str
    text: str


@dataclass(frozen=True)
class SecondView:
    """An act to which a second person is asked to agree. ``mine``: asked by whoever reads, who cannot agree to it."""

    id: UUID
    at: datetime
    by_name: str
    act: ActKind
    account: AccountRef
    item: str
    days: int | None
    reason: str
    mine: bool


@dataclass(frozen=True)
class SentView:
    """One thing that a reporter or partner sent: a message or a file. Of a message, ``name`` is empty."""

    id: UUID
    at: datetime
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class EvidenceView:
    """A thing kept as evidence: what a reporter sent, what staff added, what acts kept by themselves.

    ``note`` is what whoever kept it wrote, ``caution`` what a platform says that its copy is not. What came in a
    conversation is shown there; everything else opens among the evidence. With ``ciphertext_only`` nobody here can read
    what was written.
    """

    id: UUID
    name: str
    kind: str
    size_bytes: int
    sha256: str
    captured_at: datetime
    by_name: str
    source: str  # reporter, partner or us
    what: EvidenceKind = EvidenceKind.SENT
    note: str = ""
    caution: str = ""
    ciphertext_only: bool = False
    copies: tuple[SentView, ...] = ()  # what a reporter sent to be read beside it

    @property
    def is_text(self) -> bool:
        """Answer whether it can be drawn as plain letters."""
        return self.kind.startswith("text/") or self.kind == "application/json"


@dataclass(frozen=True)
class AssessmentView:
    """How the severity came about. ``by_name`` is empty while only the rules have spoken."""

    answers: Assessment | None
    severity: Severity
    reason: str
    at: datetime
    by_name: str


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
    seconds: tuple[SecondView, ...] = ()

    @property
    def sent(self) -> tuple[SentView, ...]:
        """Return everything that reporters and partners sent after their report, and every file."""
        files = (SentView(e.id, e.captured_at, e.name, e.sha256) for e in self.evidence if e.what is EvidenceKind.SENT)
        letters = (message for report in self.reports for message in report.messages)
        return (*(SentView(each.id, each.at) for each in letters if not (each.mine or each.forgotten)), *files)
