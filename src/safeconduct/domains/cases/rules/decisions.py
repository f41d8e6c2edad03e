"""What a case can end in, why, and what may be said to each side."""

import re
from collections.abc import Collection
from enum import StrEnum

from safeconduct.domains.cases.rules.words import Part, Showing
from safeconduct.kernel.errors import Refused


class Outcome(StrEnum):
    """How a case ended, in clear."""

    PROTECTED = "protected"
    ADVISED = "advised"
    NO_ACTION = "no-action"
    NOT_ABOUT_A_DEFENDER = "not-about-a-defender"
    CHILD_ABUSE = "child-abuse-material"
    LINKED = "linked"


class Reason(StrEnum):
    """Why it was decided so. Each belongs to one outcome."""

    ACCOUNT_SECURED = "account-secured"
    CONTENT_REMOVED = "content-removed"
    ATTACKERS_LIMITED = "attackers-limited"
    WRONG_MEASURE_UNDONE = "wrong-measure-undone"
    ADVICE_GIVEN = "advice-given"
    KEPT_ON_RECORD = "kept-on-record"
    RULES_ALLOW_IT = "rules-allow-it"
    TOO_LITTLE_TO_ACT_ON = "too-little-to-act-on"
    OUT_OF_OUR_REACH = "out-of-our-reach"
    ABUSE_OF_THE_CHANNEL = "abuse-of-the-channel"
    FOR_THE_GENERAL_QUEUE = "for-the-general-queue"
    CHILD_ABUSE_MATERIAL = "child-abuse-material"


OUTCOME_OF = {
    Reason.ACCOUNT_SECURED: Outcome.PROTECTED,
    Reason.CONTENT_REMOVED: Outcome.PROTECTED,
    Reason.ATTACKERS_LIMITED: Outcome.PROTECTED,
    Reason.WRONG_MEASURE_UNDONE: Outcome.PROTECTED,
    Reason.ADVICE_GIVEN: Outcome.ADVISED,
    Reason.KEPT_ON_RECORD: Outcome.ADVISED,
    Reason.RULES_ALLOW_IT: Outcome.NO_ACTION,
    Reason.TOO_LITTLE_TO_ACT_ON: Outcome.NO_ACTION,
    Reason.OUT_OF_OUR_REACH: Outcome.NO_ACTION,
    Reason.ABUSE_OF_THE_CHANNEL: Outcome.NO_ACTION,
    Reason.FOR_THE_GENERAL_QUEUE: Outcome.NOT_ABOUT_A_DEFENDER,
    Reason.CHILD_ABUSE_MATERIAL: Outcome.CHILD_ABUSE,
}


class Linkage(StrEnum):
    """Whether the platform itself contributed to the harm."""

    NONE = "none"
    MISSED_REPORT = "missed-report"
    WRONGFUL_ACTION = "wrongful-action"
    FEATURE_MISUSED = "feature-misused"
    UNKNOWN = "unknown"


def check_decision(*, evidence: Collection[str], words_for_reporter: str) -> None:
    """Refuse a decision that does not say what was looked at, or leaves the reporter without words."""
    if not any(item.strip() for item in evidence):
        raise Refused("decision.without-evidence", "Name the evidence you looked at.")
    if not words_for_reporter.strip():
        raise Refused("decision.without-words", "Write to the reporter what was decided and why.")


# Words that tell the person acted on that somebody reported, or that somebody is protected.
_TELLING = re.compile(
    r"\b(report(ed|er|ers|s|ing)?|complain\w*|defenders?|activists?|protect\w*|partners?|informants?)\b", re.IGNORECASE
)


def check_words_for_acted_on(words: str, *, protected: Collection[str]) -> None:
    """Refuse words to the person acted on that would show a report or a protected account.

    ``protected`` are the case number, the accounts to protect and the partner's name. A human writes the words; this
    catches the slip of a tired evening, not every hint.
    """
    told = words.casefold()
    named = any(name.strip().casefold().lstrip("@") in told for name in protected if name.strip(" @"))
    if named or _TELLING.search(words):
        sentence = "These words would show that somebody wrote to us, or whom we protect. Say only which rule applies."
        raise Refused("decision.words-tell-too-much", sentence)


def check_consent(reason: Reason, *, asked: bool) -> None:
    """Refuse to call a case not about a defender before its reporter was asked about the general queue."""
    if reason is Reason.FOR_THE_GENERAL_QUEUE and not asked:
        sentence = "Ask the reporter first whether this may go to the general queue. The case page leads there."
        raise Refused("decision.consent-not-asked", sentence)


def check_asking(parts: Collection[Part], question: str, *, handed_over: bool) -> None:
    """Refuse to ask for nothing, without words, or for what has gone already."""
    if handed_over:
        raise Refused("consent.handed-over", "This was handed over already. It cannot be asked for again.")
    if not parts:
        raise Refused("consent.no-part", "Choose at least one part of the report.")
    if not question.strip():
        raise Refused("consent.no-question", "Write to the reporter what you ask, in their language.")


def check_linkage(linkage: Linkage, words: str) -> None:
    """Refuse to close with a contribution of the platform that nobody describes."""
    if linkage not in {Linkage.NONE, Linkage.UNKNOWN} and not words.strip():
        raise Refused("closing.linkage-without-words", "Write in one sentence how the platform contributed.")


def check_showing(showing: Showing, *, restricted: bool) -> None:
    """Refuse to show or copy anything but words of a case that holds child-abuse material."""
    if restricted and showing is not Showing.WORDS:
        sentence = (
            "Nothing of this case is shown or copied. Tell the body that the law names; leave the files as they are."
        )
        raise Refused("case.restricted", sentence)


def check_keeping(*, restricted: bool) -> None:
    """Refuse to keep anything more of a case that holds child-abuse material: that would be one more copy."""
    if restricted:
        sentence = "Nothing more is kept for this case. What was sent stays as it came, for whom the law names."
        raise Refused("case.restricted", sentence)
