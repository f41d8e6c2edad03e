"""What staff read for each closed set of the programme: one plain phrase a value, translatable."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from safeconduct.connectors.port import ActKind
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
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse
from safeconduct.web.console.remedy_words import REMEDY_WORDS

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
THREAT: Words = {
    Threat.T1: _("Surveillance"),
    Threat.T2: _("Harassment"),
    Threat.T3: _("Smear campaign"),
    Threat.T4: _("Disinformation"),
    Threat.T5: _("Private details made public"),
    Threat.T6: _("Silencing"),
    Threat.T7: _("Internet shutdown"),
    Threat.T8: _("Attack on an account or device"),
    Threat.T9: _("Threat to life or liberty"),
    Threat.T10: _("Gendered harm"),
    Threat.T11: _("Impersonation"),
    Threat.T12: _("Legal pressure"),
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
BUNDLE: Words = {
    Bundle.SECURE_NOW: _("Secure now"),
    Bundle.HIDE: _("Hide"),
}
PROOF: Words = {
    Proof.NONE: _("No proof"),
    Proof.CODE: _("A code sent to the account"),
    Proof.CONTACT: _("A contact set earlier"),
    Proof.PARTNER_VOUCH: _("A partner vouches"),
    Proof.RESPONDER_CHECK: _("A responder checked"),
}
WHO_ELSE: Words = {
    WhoElse.NOBODY: _("Nobody else"),
    WhoElse.SOMEONE: _("Someone else can see it"),
    WhoElse.UNKNOWN: _("They do not know"),
    WhoElse.UNSAID: _("Not said: the question was left open"),
}
ACT: Words = {
    ActKind.SESSION_END: _("End one sign-in"),
    ActKind.SESSIONS_REVOKE: _("End every sign-in"),
    ActKind.TOKENS_REVOKE: _("Cut off apps that use the account"),
    ActKind.CREDENTIALS_RESET: _("Replace the password"),
    ActKind.CREDENTIALS_FREEZE: _("Freeze the password and second factor"),
    ActKind.CREDENTIALS_UNFREEZE: _("Unfreeze the password and second factor"),
    ActKind.CONTACT_FREEZE: _("Freeze the recovery address and number"),
    ActKind.CONTACT_UNFREEZE: _("Unfreeze the recovery address and number"),
    ActKind.ACCOUNT_LOCK: _("Lock the account"),
    ActKind.ACCOUNT_UNLOCK: _("Unlock the account"),
    ActKind.ACCOUNT_SUSPEND: _("Suspend the account"),
    ActKind.ACCOUNT_REINSTATE: _("Reinstate the account"),
    ActKind.ACCOUNT_DEACTIVATE: _("Close the account"),
    ActKind.ACCOUNT_REACTIVATE: _("Open the account again"),
    ActKind.PROFILE_HIDE: _("Hide the profile"),
    ActKind.PROFILE_SHOW: _("Show the profile again"),
    ActKind.POSTS_HIDE: _("Hide the posts"),
    ActKind.POSTS_SHOW: _("Show the posts again"),
    ActKind.SEARCH_HIDE: _("Take the account out of search"),
    ActKind.SEARCH_SHOW: _("Put the account back into search"),
    ActKind.FOLLOWERS_HIDE: _("Hide the list of followers"),
    ActKind.FOLLOWERS_SHOW: _("Show the list of followers again"),
    ActKind.MESSAGES_CLOSE: _("Close messages from strangers"),
    ActKind.MESSAGES_OPEN: _("Open messages from strangers again"),
    ActKind.CONTENT_DISABLE: _("Take the content down"),
    ActKind.CONTENT_RESTORE: _("Put the content back"),
    ActKind.CONTENT_REMOVE: _("Remove the content for good"),
    ActKind.INTERACTION_RESTRICT: _("Restrict who may write there"),
    ActKind.INTERACTION_REOPEN: _("Let people write there again"),
    ActKind.NOTICE_SEND: _("Send the account a notice"),
}
STEP: Words = {
    StepStatus.ORDERED: _("Ordered"),
    StepStatus.DONE_AND_CHECKED: _("Done, and checked"),
    StepStatus.SENT: _("Sent, not yet checked"),
    StepStatus.HELD: _("Held, waiting for a person"),
    StepStatus.NOT_DONE: _("Not done"),
    StepStatus.NOT_CONFIRMED: _("Not confirmed"),
    StepStatus.UNDONE: _("Undone"),
    StepStatus.LAPSED: _("Lapsed"),
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
    "mitigated": _("The harm stopped:"),
    "handed-over": _("On handing over:"),
    "stepped-back": _("On stepping back:"),
    "linked": _("Linked with case"),
    "restricted": _("Marked as child-abuse material:"),
    "by-law": _("Told by law:"),
    "contribution": _("What we contributed:"),
}

# By type first: values of two sets may be the same word ("none"), and as text they would be equal.
WORDS: Mapping[type[Enum], Words] = {
    ActKind: ACT,
    Advice: ADVICE,
    Bundle: BUNDLE,
    ClockKind: CLOCK,
    Danger: DANGER,
    Degree: DEGREE,
    EvidenceKind: EVIDENCE,
    Linkage: LINKAGE,
    Mode: MODE,
    OriginKind: ORIGIN,
    Outcome: OUTCOME,
    Part: PART,
    Proof: PROOF,
    Reason: REASON,
    Sender: SENDER,
    Severity: SEVERITY,
    Stage: STAGE,
    Step: CALL,
    StepStatus: STEP,
    Threat: THREAT,
    Want: WANT,
    WhoElse: WHO_ELSE,
    **REMEDY_WORDS,
}


def words_for(value: Enum) -> str:
    """Return what staff call a value, in the page's language."""
    return str(WORDS[type(value)][value])


def choices(kind: type[StrEnum]) -> list[tuple[str, Text]]:
    """Return every value of a set with its words, as a form wants them."""
    return [(value.value, WORDS[kind][value]) for value in kind]
