"""What goes in and comes out of HTTP v1, field by field. A partner's program is written against this page."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool

from safeconduct.connectors.port import ActKind
from safeconduct.domains.cases.rules import ClockKind, Danger, Outcome, Reason, Sender, Severity, Stage, Threat, Want
from safeconduct.domains.cases.rules.limits import LONGEST_MESSAGE, LONGEST_TEXT, MOST_ACCOUNTS, MOST_LINKS
from safeconduct.domains.remedy.rules import Asks, Conclusion, Lane, Urgency
from safeconduct.domains.remedy.rules.appeals import LONGEST_WORDS
from safeconduct.domains.safety.rules import Bundle, StepStatus, WhoElse

# No control signs: they carry nothing for a reader, and databases differ in which of them they take.
Words = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Short = Annotated[Words, Field(max_length=200)]
Country = Annotated[str, Field(pattern="^([A-Z]{2})?$")]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=12)]


class Taken(Schema):
    """Something a program sends. Fields we do not know are refused, so that a misspelt one is never lost."""

    model_config = ConfigDict(extra="forbid")


class Account(Taken):
    """One account. ``mine``: to be protected. Otherwise it is one that attacks."""

    platform: Annotated[Words, Field(min_length=1, max_length=60)]
    handle: Annotated[Words, Field(min_length=1, max_length=200)]
    mine: StrictBool = True


class Exclude(Taken):
    """Who must not see this case: countries of our teams, and people, one name a line."""

    countries: Annotated[list[Annotated[str, Field(pattern="^[A-Z]{2}$")]], Field(max_length=50)] = []
    people: Annotated[Words, Field(max_length=1000)] = ""


class NewReport(Taken):
    """A report. Everything may be left out but the words or an account."""

    reference: Annotated[Words, Field(max_length=80, description="Your own number for it. We keep it sealed.")] = ""
    happened: Annotated[list[Threat], Field(max_length=12)] = []
    text: Annotated[Words, Field(max_length=LONGEST_TEXT)] = ""
    danger: Danger = Danger.UNSAID
    who_in_danger: Short = ""
    accounts: Annotated[list[Account], Field(max_length=MOST_ACCOUNTS)] = []
    links: Annotated[list[Annotated[Words, Field(max_length=2000)]], Field(max_length=MOST_LINKS)] = []
    wants: Annotated[list[Want], Field(max_length=6)] = []
    exclude: Exclude = Exclude()
    for_other: StrictBool = True
    tell: Annotated[Words, Field(max_length=1000, description="Who may be told, and how.")] = ""
    language: Language = "en"
    country: Country = ""
    who_else_sees: WhoElse = WhoElse.UNSAID


class NewMessage(Taken):
    """A message to the people who work on the case."""

    text: Annotated[Words, Field(min_length=1, max_length=LONGEST_MESSAGE, pattern=r"\S")]
    danger_now: StrictBool = False


# Spelled out, because the document names each set once and reports have a stage too.
AppealStage = Literal["waiting", "taken", "decided"]


class NewAppeal(Taken):
    """What was decided wrongly, in your words. A second appeal against the same decision needs something new."""

    words: Annotated[Words, Field(min_length=1, max_length=LONGEST_WORDS, pattern=r"\S")]
    new_evidence: Annotated[Words, Field(max_length=LONGEST_WORDS)] = ""
    urgency: Urgency = Urgency.NONE
    language: Language = "en"


class AppealMessage(Taken):
    """Something to add to an appeal."""

    text: Annotated[Words, Field(min_length=1, max_length=LONGEST_WORDS, pattern=r"\S")]


class ProofTold(Schema):
    """What an entry was committed to: how severe the case was and what was promised by when, or what was decided."""

    salt: str
    facts: dict[str, str | int]


class ProofEntry(Schema):
    """One entry of our record, its place, the hashes that lead to the signed root, and what may be told of it."""

    leaf: str
    index: int
    path: list[str]
    told: ProofTold | None = None


class ProofContinuation(Schema):
    """The hashes that show your earlier checkpoint to be the unchanged beginning of this record."""

    size: int
    path: list[str]


class Proof(Schema):
    """Signed proof of the case's clock. Keep it: ``safeconduct proof verify FILE`` checks it on your own machine."""

    format: Literal["safeconduct-proof-1"]
    key: str
    checkpoint: str
    entries: list[ProofEntry]
    continues: ProofContinuation | None = None


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


class Appealed(Schema):
    """We have the appeal, and somebody who had nothing to do with the decision decides it by ``due_at``."""

    id: UUID
    lane: Lane
    due_at: datetime


class AppealLetter(Schema):
    """One message of an appeal. ``by_name`` is empty where you wrote it."""

    id: UUID
    at: datetime
    by_name: str
    text: str


class AppealAnswer(Schema):
    """What came of an appeal. ``read_back_at`` is when the platform itself showed that the change was carried out."""

    conclusion: Conclusion
    words: str
    by_name: str
    at: datetime
    read_back_at: datetime | None


class Appeal(Schema):
    """One of your appeals."""

    id: UUID
    stage: AppealStage
    lane: Lane
    filed_at: datetime
    due_at: datetime
    late: bool
    words: str
    new_evidence: str
    messages: list[AppealLetter]
    answer: AppealAnswer | None


class Recourse(Schema):
    """Whether you can appeal now, until when, and what became of earlier appeals."""

    asks: Asks
    until: datetime | None
    appeals: list[Appeal]


class Added(Schema):
    """Your message is in the appeal."""

    id: UUID


class OurKeys(Schema):
    """Whose token this is, and the keys with which you check us: of the record, and of the calls to your server."""

    name: str
    may_file: bool
    record_key: str
    hook_key_id: str
    hook_key: str


Plain = dict[str, Any]
