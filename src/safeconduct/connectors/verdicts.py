"""What may be said about an act, from what was sent and what was seen afterwards. Pure, and the whole table is here."""

from enum import StrEnum
from types import MappingProxyType

from safeconduct.connectors.port import Result
from safeconduct.connectors.sentences import gettext_noop as _


class Sending(StrEnum):
    """What came of sending the order."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_REACHED = "not-reached"
    UNKNOWN = "unknown"


class Seeing(StrEnum):
    """What the platform showed when it was read afterwards."""

    WANTED = "wanted"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"
    CANNOT_SAY = "cannot-say"


_NO = Result.NOT_DONE
_NOT_CONFIRMED = Result.NOT_CONFIRMED
_SENT = Result.SENT_NOT_CHECKED
_REFUSED = _("The platform refused. Nothing was changed.")
_NOT_REACHED = _("The platform could not be reached. Nothing was changed.")
_MAYBE = _("The platform did not answer in a way we can trust. It may or may not have been done.")
_MAYBE_LATER = _(
    "The platform did not answer in a way we can trust. When we looked, nothing had changed; it still may."
)

VERDICTS = MappingProxyType(
    {
        (Sending.ACCEPTED, Seeing.WANTED): (Result.DONE_AND_CHECKED, _("Done, and the platform itself shows it.")),
        (Sending.ACCEPTED, Seeing.UNCHANGED): (
            _NO,
            _("The platform said it was done, but when we looked, nothing had changed."),
        ),
        (Sending.ACCEPTED, Seeing.UNREADABLE): (_SENT, _("The platform accepted it. We could not look afterwards.")),
        (Sending.ACCEPTED, Seeing.CANNOT_SAY): (
            _SENT,
            _("The platform accepted it. It has no way to show the effect."),
        ),
        # A platform that refuses has not done our order, whatever its state shows: someone else may have.
        (Sending.REFUSED, Seeing.WANTED): (
            _NO,
            _("The platform refused our order. It shows the same state for another reason."),
        ),
        (Sending.REFUSED, Seeing.UNCHANGED): (_NO, _REFUSED),
        (Sending.REFUSED, Seeing.UNREADABLE): (_NO, _REFUSED),
        (Sending.REFUSED, Seeing.CANNOT_SAY): (_NO, _REFUSED),
        (Sending.NOT_REACHED, Seeing.WANTED): (
            _NO,
            _("Our order did not reach the platform. It shows the same state for another reason."),
        ),
        (Sending.NOT_REACHED, Seeing.UNCHANGED): (_NO, _NOT_REACHED),
        (Sending.NOT_REACHED, Seeing.UNREADABLE): (_NO, _NOT_REACHED),
        (Sending.NOT_REACHED, Seeing.CANNOT_SAY): (_NO, _NOT_REACHED),
        # The answer was lost, but the effect was not there before and is there now.
        (Sending.UNKNOWN, Seeing.WANTED): (
            Result.DONE_AND_CHECKED,
            _("The platform's answer was lost. The platform itself shows that it is done."),
        ),
        (Sending.UNKNOWN, Seeing.UNCHANGED): (_NOT_CONFIRMED, _MAYBE_LATER),
        (Sending.UNKNOWN, Seeing.UNREADABLE): (_NOT_CONFIRMED, _MAYBE),
        (Sending.UNKNOWN, Seeing.CANNOT_SAY): (_NOT_CONFIRMED, _MAYBE),
    }
)
"""Every combination. Only a look that showed the wanted state makes an act *done and checked*."""
