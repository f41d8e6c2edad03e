"""The closed sets of acting on an account, what each bundle is made of, and how long things last."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from safeconduct.connectors.port import ActKind

CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5
CODES_AN_HOUR = 3
LAPSES_AFTER = timedelta(hours=72)
SECOND_LOCK_WITHIN = timedelta(days=7)
COST_SHOWN_LASTS = timedelta(hours=1)
LONGEST_TRYING = timedelta(minutes=45)


class Bundle(StrEnum):
    """What is ordered in one word: for the owner of an account, or against what attacks somebody."""

    SECURE_NOW = "secure-now"
    HIDE = "hide"
    RESTRAIN = "restrain"


FOR_THE_OWNER = (Bundle.SECURE_NOW, Bundle.HIDE)


class Proof(StrEnum):
    """How we know that whoever asks speaks for the owner of the account."""

    NONE = "none"
    CODE = "code"
    CONTACT = "contact"
    PARTNER_VOUCH = "partner-vouch"
    RESPONDER_CHECK = "responder-check"


class WhoElse(StrEnum):
    """Who else can see this account or phone now, in the reporter's own judgement."""

    NOBODY = "nobody"
    SOMEONE = "someone"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"  # the question was left open, which is no answer


class By(StrEnum):
    """In which part someone orders."""

    DEFENDER = "defender"
    PARTNER = "partner"
    PERSON = "person"


class StepStatus(StrEnum):
    """What came of one act. Only the first kind of done was seen on the platform."""

    ORDERED = "ordered"
    DONE_AND_CHECKED = "done-and-checked"
    SENT = "sent"
    HELD = "held"
    NOT_DONE = "not-done"
    NOT_CONFIRMED = "not-confirmed"
    UNDONE = "undone"
    LAPSED = "lapsed"


STEPS: Mapping[Bundle, tuple[ActKind, ...]] = {
    # The lock comes first: ending sessions before it lets a hijacker who knows the passphrase walk back in.
    Bundle.SECURE_NOW: (
        ActKind.ACCOUNT_LOCK,
        ActKind.SESSIONS_REVOKE,
        ActKind.TOKENS_REVOKE,
        ActKind.CREDENTIALS_FREEZE,
        ActKind.CONTACT_FREEZE,
        ActKind.NOTICE_SEND,
    ),
    Bundle.HIDE: (
        ActKind.PROFILE_HIDE,
        ActKind.POSTS_HIDE,
        ActKind.SEARCH_HIDE,
        ActKind.FOLLOWERS_HIDE,
        ActKind.MESSAGES_CLOSE,
        ActKind.NOTICE_SEND,
    ),
    # One act each time, which the order names.
    Bundle.RESTRAIN: (),
}
