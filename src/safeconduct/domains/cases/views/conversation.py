"""A conversation as each side reads it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safeconduct.domains.cases.rules import Clock, OriginKind, Outcome, Reason, Sender, Severity, Stage, Threat, Want
from safeconduct.domains.cases.values import AccountNamed, Answers, Consent
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.domains.safety.views import BundleView


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
    asks: Want | None = None  # lock or hide, when a person was asked to do it


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
    earlier: tuple[DecisionView, ...]  # what was decided before an appeal changed it
    who_can_read: tuple[Reader, ...]
    origin: OriginKind
    partner_name: str
    reference: str
    writer_name: str  # who answers: the person who has taken the case, or empty
    files_allowed: bool
    may_write: bool
    closed: bool
    closed_at: datetime | None
    way_open: bool
    held: bool  # to its reporter: no letter can be deleted now
    files_held: bool  # nor can one that came with files
    feedback_asked: bool
    feedback_given: bool
    consent: Consent | None  # what was asked about the general queue, and what was said
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
    def request_waits(self) -> bool:
        """Return whether a person was asked to lock or hide an account, and nobody has written since."""
        since = next((place for place, one in enumerate(reversed(self.messages)) if one.sender is Sender.US), None)
        newer = self.messages if since is None else self.messages[len(self.messages) - since :]
        return self.answer_due is not None and any(one.asks for one in newer)

    @property
    def accounts(self) -> tuple[AccountNamed, ...]:
        """Return the accounts to protect."""
        return tuple(account for account in self.answers.accounts if account.mine)

    @property
    def who_else_sees(self) -> WhoElse:
        """Return who else can see the account or phone, in the reporter's own judgement."""
        return self.answers.who_else_sees


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
