"""What a program reads of its reports: what was promised, done, decided and said."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from safeconduct.api.papers.proofs import Proof
from safeconduct.connectors.port import ActKind
from safeconduct.domains.cases.rules import ClockKind, Outcome, Reason, Sender, Severity, Stage, Threat
from safeconduct.domains.safety.rules import Bundle, StepStatus


class Clock(Schema):
    """One promise: from when, until when, and when it was kept. ``late`` says that it was missed."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    kept_at: datetime | None
    late: bool


class Filed(Schema):
    """We have the report. ``code`` opens its conversation at our help page: hand it to the person, in private."""

    id: UUID
    number: str
    severity: Severity
    received_at: datetime
    reply_due: datetime
    settle_due: datetime
    code: list[str]
    first: bool
    proof: Proof | None


class Report(Schema):
    """One of your reports and the promises on it."""

    id: UUID
    number: str
    reference: str
    stage: Stage
    severity: Severity
    outcome: Outcome | None
    received_at: datetime
    language: str
    happened: list[Threat]
    clocks: list[Clock]
    proof: Proof | None


class Decided(Schema):
    """What was decided, and why."""

    outcome: Outcome
    reason: Reason
    words: str
    decided_at: datetime


class Step(Schema):
    """One act on an account and what came of it. ``still_open`` says what it does not protect from."""

    act: ActKind
    status: StepStatus
    done_at: datetime | None
    read_back_at: datetime | None
    changed: list[str]
    still_open: list[str]
    undo_until: datetime | None
    why: str


class Act(Schema):
    """What was ordered for one account."""

    platform: str
    handle: str
    bundle: Bundle
    ordered_at: datetime
    finished: bool
    steps: list[Step]


class WholeReport(Report):
    """One of your reports with what was done and decided."""

    decision: Decided | None
    acts: list[Act]
    may_write: bool
    who_can_read: list[str]


class FileName(Schema):
    """A file that came with a message. Read it on the partner pages."""

    name: str
    kind: str
    size_bytes: int


class Message(Schema):
    """One message of the conversation."""

    id: UUID
    at: datetime
    sender: Sender
    sender_name: str
    text: str
    files: list[FileName]
    forgotten: bool


class Reports(Schema):
    """Your newest reports, newest first."""

    reports: list[Report]


class Messages(Schema):
    """A conversation, oldest first."""

    messages: list[Message]
    proof: Proof | None


class Sent(Schema):
    """Your message is in the conversation."""

    id: UUID
    proof: Proof | None
