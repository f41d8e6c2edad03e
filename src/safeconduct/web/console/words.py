"""What staff read for each closed set of the programme: one plain phrase a value, translatable."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import (
    Advice,
    ClockKind,
    Danger,
    Degree,
    EvidenceKind,
    Linkage,
    Mode,
    OriginKind,
    Outcome,
    Part,
    Reason,
    Sender,
    Severity,
    Stage,
    Step,
    Threat,
    Want,
)
from safeconduct.domains.cases.views import CaseView, QueueRow
from safeconduct.web.console.demand_words import DEMAND_WORDS
from safeconduct.web.console.remedy_words import REMEDY_WORDS
from safeconduct.web.console.safety_words import SAFETY_WORDS
from safeconduct.web.threats import THREATS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Words: TypeAlias = Mapping[Any, Text]

SEVERITY: Words = {
    Severity.P0: _("Imminent"),
    Severity.P1: _("Serious"),
    Severity.P2: _("Significant"),
    Severity.P3: _("Other"),
}
STAGE: Words = {
    Stage.NEW: _("New"),
    Stage.TRIAGE: _("Triage"),
    Stage.ACTING: _("Acting"),
    Stage.DECIDED: _("Decided"),
    Stage.CLOSED: _("Closed"),
}
DANGER: Words = {
    Danger.NOW: _("Danger now"),
    Danger.TODAY: _("Danger within the day"),
    Danger.SOON: _("Danger soon"),
    Danger.NO: _("No danger to a body"),
    Danger.UNSURE: _("They are not sure"),
    Danger.UNSAID: _("Not said: the question was left open"),
}
WANT: Words = {
    Want.SECURE: _("Secure the account"),
    Want.HIDE: _("Hide the account"),
    Want.REMOVE: _("Have something removed"),
    Want.ADVICE: _("Advice"),
    Want.RECORD: _("Only that it is on record"),
    Want.TELL: _("That someone else is told"),
}
ORIGIN: Words = {
    OriginKind.ANONYMOUS: _("Own report"),
    OriginKind.PARTNER: _("From a partner"),
    OriginKind.INVITED: _("Own report, invited"),
}
EVIDENCE: Words = {
    EvidenceKind.SENT: _("Sent to us"),
    EvidenceKind.FILE: _("A file, brought by a colleague"),
    EvidenceKind.TEXT: _("Words, brought by a colleague"),
    EvidenceKind.SNAPSHOT: _("What the platform showed"),
    EvidenceKind.MESSAGE: _("One message, as the platform holds it"),
    EvidenceKind.FLAG: _("A flag, as the platform tells it"),
    EvidenceKind.BEFORE_AN_ACT: _("What the platform showed before an act, kept by itself"),
}
PART: Words = {
    Part.HAPPENED: _("What kind of thing happened"),
    Part.TEXT: _("The words of the report"),
    Part.LINKS: _("The links"),
    Part.ACCOUNTS: _("The accounts named, their own too"),
}
SENDER: Words = {
    Sender.REPORTER: _("The reporter"),
    Sender.PARTNER: _("The partner"),
    Sender.US: _("We"),
}
CLOCK: Words = {
    ClockKind.REPLY: _("to reply"),
    ClockKind.ANSWER: _("to answer"),
    ClockKind.SETTLE: _("to settle"),
}
DEGREE: Words = {
    Degree.LOW: _("Low"),
    Degree.RAISED: _("Raised"),
    Degree.HIGH: _("High"),
    Degree.EXTREME: _("Extreme"),
}
OUTCOME: Words = {
    Outcome.PROTECTED: _("Protected"),
    Outcome.ADVISED: _("Advised"),
    Outcome.NO_ACTION: _("No action"),
    Outcome.NOT_ABOUT_A_DEFENDER: _("Not about a defender"),
    Outcome.CHILD_ABUSE: _("Child-abuse material"),
    Outcome.LINKED: _("Linked to another case"),
}
REASON: Words = {
    Reason.ACCOUNT_SECURED: _("The account was secured or hidden"),
    Reason.CONTENT_REMOVED: _("What harmed them was removed"),
    Reason.ATTACKERS_LIMITED: _("Those who attacked were limited"),
    Reason.WRONG_MEASURE_UNDONE: _("A wrong measure of ours was undone"),
    Reason.ADVICE_GIVEN: _("They were given advice"),
    Reason.KEPT_ON_RECORD: _("It is kept on record, as they asked"),
    Reason.RULES_ALLOW_IT: _("Our rules allow it"),
    Reason.TOO_LITTLE_TO_ACT_ON: _("There is too little to act on"),
    Reason.OUT_OF_OUR_REACH: _("It is out of our reach"),
    Reason.ABUSE_OF_THE_CHANNEL: _("The channel was abused"),
    Reason.FOR_THE_GENERAL_QUEUE: _("It belongs to the platform's general queue"),
    Reason.CHILD_ABUSE_MATERIAL: _("It shows the abuse of a child"),
}
LINKAGE: Words = {
    Linkage.NONE: _("No"),
    Linkage.MISSED_REPORT: _("Yes: an earlier report was missed"),
    Linkage.WRONGFUL_ACTION: _("Yes: we acted wrongly"),
    Linkage.FEATURE_MISUSED: _("Yes: a feature of ours was misused"),
    Linkage.UNKNOWN: _("We cannot tell"),
}
CALL: Words = {
    Step.ARRIVED: _("a report of imminent danger"),
    Step.REPLY_NEAR: _("a reply is nearly due"),
    Step.REPLY_MISSED: _("a reply is late"),
    Step.SETTLE_NEAR: _("the end of the harm is nearly due"),
    Step.SETTLE_MISSED: _("the end of the harm is late"),
    Step.SIXTY: _("nobody answered for 60 minutes"),
    Step.NINETY: _("nobody answered for 90 minutes"),
    Step.HUNDRED_AND_TWENTY: _("nobody answered for 120 minutes"),
}

MODE: Words = {
    Mode.CLOSED: _("Closed to new reports"),
    Mode.PARTNERS: _("Open to partners"),
    Mode.INVITED: _("Open to partners and to whoever is invited"),
    Mode.PUBLIC: _("Open to everyone"),
}

ADVICE: Words = {
    Advice.NONE: "",
    Advice.BREAK: _("This is a good time for a break."),
    Advice.COLLEAGUE: _("You have seen enough for now. A colleague can read the next one for you."),
}

# By the entry's own word: the enum of entries is private to cases.
ENTRY: Words = {
    "note": "",
    "assessed": _("Assessed the severity:"),
    "lowered": _("Lowered with others alike:"),
    "evidence": _("Added evidence:"),
    "copy": _("Put what the reporter sent beside a ciphertext."),
    "mitigated": _("The harm stopped:"),
    "handed-over": _("On handing over:"),
    "stepped-back": _("On stepping back:"),
    "linked": _("Linked with case"),
    "restricted": _("Marked as child-abuse material:"),
    "by-law": _("Told by law:"),
    "contribution": _("What we contributed:"),
    "second-asked": _("Asked for a second person's word on an act:"),
    "second-agreed": _("Agreed, as the second person, to an act:"),
    "second-back": _("Took back what a second person was asked."),
    "account-written": _("Wrote down an account to protect:"),
    "account-back": _("Took back an account that was written down:"),
}

# By type first: values of two sets may be the same word ("none"), and as text they would be equal.
WORDS: Mapping[type[Enum], Words] = {
    Advice: ADVICE,
    ClockKind: CLOCK,
    Danger: DANGER,
    Degree: DEGREE,
    EvidenceKind: EVIDENCE,
    Linkage: LINKAGE,
    Mode: MODE,
    OriginKind: ORIGIN,
    Outcome: OUTCOME,
    Part: PART,
    Reason: REASON,
    Sender: SENDER,
    Severity: SEVERITY,
    Stage: STAGE,
    Step: CALL,
    Threat: THREATS,
    Want: WANT,
    **SAFETY_WORDS,
    **REMEDY_WORDS,
    **DEMAND_WORDS,
}


def words_for(value: Enum) -> str:
    """Return what staff call a value, in the page's language."""
    return str(WORDS[type(value)][value])


def choices(kind: type[StrEnum]) -> list[tuple[str, Text]]:
    """Return every value of a set with its words, as a form wants them."""
    return [(value.value, WORDS[kind][value]) for value in kind]


def written_line(case: QueueRow | CaseView) -> str:
    """Return the line that a colleague wrote for the queue; none where the rule's own words stand, in English."""
    by_rule = ", ".join(threat.words for threat in case.happened) or "not said"
    return "" if case.summary == by_rule else case.summary
