"""Why an act waits or did not happen, as sentences that pages translate."""

from safeconduct.connectors.sentences import Sentence, gettext_noop

NEEDS_SECOND_PROOF = Sentence(gettext_noop("A code alone does not allow this. A person must check first."))
NEEDS_A_PERSON = Sentence(
    gettext_noop(
        "This account was locked in the last seven days, or nobody can tell. "
        "A person must look before it is locked again.",
    ),
)
CANNOT_LAPSE = Sentence(
    gettext_noop(
        "This platform cannot end a lock by itself, so a code alone does not allow one. A person must check first.",
    ),
)
WAITS_FOR_THE_LOCK = Sentence(gettext_noop("This waits until the account is locked. Nothing was changed."))
PLATFORM_CANNOT = Sentence(gettext_noop("This platform cannot do this."))
NO_SUCH_ACCOUNT = Sentence(
    gettext_noop("The platform knows no account of this name. Nothing was changed. Check the spelling."),
)
SILENT = Sentence(
    gettext_noop("The platform did not answer. Nothing was changed by this step. A person must order it again."),
)
NOT_THEIRS = Sentence(
    gettext_noop("What you named belongs to another account than the one you chose. Nothing was changed."),
)
TO_PROTECT = Sentence(
    gettext_noop("What you named belongs to an account that a report asks us to protect. Nothing was changed."),
)
NOBODY_CAN_TELL = Sentence(
    gettext_noop(
        "This platform does not tell whose this is, so nothing is done to it from here. "
        "Look there by hand, and write down what you did.",
    ),
)
NOT_FOUND_THERE = gettext_noop("The platform does not find what you named: %(reason)s")
LOST = Sentence(
    gettext_noop(
        "We cannot tell whether this was done: our service was restarted. A person must look and order it again.",
    ),
)
NO_LONGER_SO = Sentence(gettext_noop("The platform shows that this is not so now, although it was ordered."))
LOCK_ENDED = Sentence(gettext_noop("The lock was set to end by itself, because no second proof came."))
