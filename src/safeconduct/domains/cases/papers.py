"""How things are written before they are sealed: the cover of a case, what a report told, letters, work entries."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from safeconduct.accounts.values import NOBODY_EXCLUDED, Exclusions
from safeconduct.connectors.port import ActKind
from safeconduct.domains.cases.rules import (
    Assessment,
    Clock,
    EvidenceKind,
    Linkage,
    OriginKind,
    Outcome,
    Reason,
    Sender,
    Severity,
    Threat,
    Want,
)
from safeconduct.domains.cases.values import AccountNamed, Answers, Consent
from safeconduct.vault import Opened
from safeconduct.vault.papers import Form, KeptFile

if TYPE_CHECKING:
    from safeconduct.domains.cases.models import Report


class WorkKind(StrEnum):
    """What an entry of the work file is."""

    NOTE = "note"
    ASSESSED = "assessed"
    LOWERED = "lowered"
    EVIDENCE = "evidence"
    COPY = "copy"
    MITIGATED = "mitigated"
    HANDED_OVER = "handed-over"
    STEPPED_BACK = "stepped-back"
    LINKED = "linked"
    DECIDED = "decided"
    RESTRICTED = "restricted"
    BY_LAW = "by-law"
    ACCOUNT_WRITTEN = "account-written"
    ACCOUNT_BACK = "account-back"
    SECOND_ASKED = "second-asked"
    SECOND_AGREED = "second-agreed"
    SECOND_BACK = "second-back"
    CONTRIBUTION = "contribution"


@dataclass(frozen=True)
class Cover:
    """What a queue row needs and what limits who may be given keys. Sealed under the work key."""

    happened: tuple[Threat, ...]
    platform: str
    country: str
    origin: OriginKind
    partner_name: str
    reports: int = 1
    asks_lock: bool = False  # a report asked for a lock when it came
    line: str = ""  # a summary in a colleague's words
    exclusions: Exclusions = NOBODY_EXCLUDED
    without: frozenset[UUID] = frozenset()  # members who stepped back
    assessment: Assessment | None = None
    assessed_as: Severity = Severity.P3
    assessed_why: str = ""
    assessed_by: UUID | None = None
    assessed_at: datetime | None = None
    linked_into: str = ""

    @property
    def summary(self) -> str:
        """Return one line that names nobody and quotes nothing."""
        return self.line or ", ".join(threat.words for threat in self.happened) or "not said"


@dataclass(frozen=True)
class Told:
    """What a report told and how it came. Sealed under the conversation key."""

    answers: Answers
    origin: OriginKind
    partner_name: str = ""
    reference: str = ""
    organisation: UUID | None = None  # the partner's blind id
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True)
class AccountWritten:
    """An account that a colleague wrote down for a reporter, and who took it back, if anybody did."""

    platform: str
    handle: str
    by_name: str
    at: datetime
    back_by_name: str = ""
    back_at: datetime | None = None

    @property
    def named(self) -> AccountNamed:
        """Return it as an account to protect."""
        return AccountNamed(self.platform, self.handle, mine=True, written_by=self.by_name, written_at=self.at)


@dataclass(frozen=True)
class Written:
    """What staff wrote down of a report that its reporter said only in words. Sealed under the conversation key."""

    accounts: tuple[AccountWritten, ...] = ()


@dataclass(frozen=True)
class Decided:
    """A decision as both sides keep it; the reporter's copy leaves the last four empty."""

    outcome: Outcome
    reason: Reason
    words: str
    by_name: str
    at: datetime
    by: UUID | None = None
    words_for_acted_on: str = ""
    evidence: tuple[str, ...] = ()
    consent: bool | None = None


@dataclass(frozen=True)
class Letter:
    """One message. ``at`` repeats the time, which the column loses once the case is closed."""

    sender: Sender
    sender_name: str
    text: str
    at: datetime
    files: tuple[KeptFile, ...] = ()
    decided: Decided | None = None
    asks_feedback: bool = False
    asks: Want | None = None  # lock or hide, when the reporter pressed for a person to do it


@dataclass(frozen=True)
class Copy:
    """That something a reporter sent shows what a piece of evidence holds as ciphertext alone."""

    of: UUID
    sent: UUID


@dataclass(frozen=True)
class SecondAsked:
    """An act to which a second person is asked to agree; ``days`` is how long a suspension lasts."""

    act: ActKind
    platform: str
    handle: str
    item: str
    days: int | None
    reason: str


@dataclass(frozen=True)
class Entry:
    """One entry of the work file."""

    kind: WorkKind
    by: UUID | None
    at: datetime
    text: str = ""
    file: KeptFile | None = None
    what: EvidenceKind = EvidenceKind.FILE
    caution: str = ""  # what a platform says that its copy is not
    ciphertext_only: bool = False
    copy: Copy | None = None
    decided: Decided | None = None
    linkage: Linkage | None = None
    linked: bool = False  # written in a case whose reports came over to this one
    asked: SecondAsked | None = None
    answers: UUID | None = None  # the entry that this one agrees to, or takes back


@dataclass(frozen=True)
class Times:
    """The exact times of a closed case's report."""

    received_at: datetime
    clocks: tuple[Clock, ...]


@dataclass(frozen=True)
class Feedback:
    """What the reporter said at the end."""

    better: str
    words: str
    at: datetime


@dataclass(frozen=True)
class HoldPaper:
    """Why a case is held, what the reporter was told of it if that is allowed, and why it is to be lifted or was."""

    reason: str
    words_for_reporter: str = ""
    asked_by_lead: bool = False
    lifted_because: str = ""
    lift_asked_by_lead: bool = False


@dataclass(frozen=True)
class WishPaper:
    """Why a case is to be erased before its time."""

    reason: str
    asked_by_lead: bool


@dataclass(frozen=True)
class Kept:
    """A draft as kept: whatever the form held, and its files."""

    answers: dict[str, Any] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()


COVER = Form(Cover, "cases_case", "sealed_cover")
TOLD = Form(Told, "cases_report", "sealed")
WRITTEN = Form(Written, "cases_report", "sealed_written")
TIMES = Form(Times, "cases_report", "sealed_times")
FEEDBACK = Form(Feedback, "cases_report", "sealed_feedback")
CONSENT = Form(Consent, "cases_report", "sealed_consent")
LETTER = Form(Letter, "cases_message", "sealed")
ENTRY = Form(Entry, "cases_workentry", "sealed")
HOLD = Form(HoldPaper, "cases_hold", "sealed")
WISH = Form(WishPaper, "cases_erasurewish", "sealed")
KEPT = Form(Kept, "cases_draft", "sealed")


def written_in(report: "Report", opened: Opened) -> Written:
    """Return what staff wrote down of a report."""
    return WRITTEN.read(report.sealed_written, opened, report.id) if report.sealed_written else Written()


def told_in(report: "Report", opened: Opened) -> Told:
    """Return what a report told, with the accounts that staff wrote down for it: never seal it as its own."""
    told = TOLD.read(report.sealed, opened, report.id)
    written = tuple(each.named for each in written_in(report, opened).accounts if each.back_at is None)
    return replace(told, answers=replace(told.answers, accounts=(*told.answers.accounts, *written)))


def merged(one: Cover, other: Cover) -> Cover:
    """Return the cover of two cases that became one: whoever either reporter excluded stays out."""
    excluded = Exclusions(
        countries=one.exclusions.countries | other.exclusions.countries,
        team_ids=one.exclusions.team_ids | other.exclusions.team_ids,
        person="\n".join(line for line in (one.exclusions.person, other.exclusions.person) if line.strip()),
    )
    return replace(
        one,
        happened=tuple(dict.fromkeys((*one.happened, *other.happened))),
        platform=one.platform or other.platform,
        country=one.country or other.country,
        partner_name=one.partner_name or other.partner_name,
        reports=one.reports + other.reports,
        asks_lock=one.asks_lock or other.asks_lock,
        exclusions=excluded,
        without=one.without | other.without,
    )
