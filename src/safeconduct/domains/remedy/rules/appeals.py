"""Who may appeal, until when and how often; what an appeal can end in."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from safeconduct.kernel.errors import Refused

# The longest six months there are have 184 days, and the law counts from the day on which somebody was told.
WINDOW = timedelta(days=186)
# How long a day that is over in UTC goes on elsewhere.
LAST_PLACE_ON_EARTH = timedelta(hours=12)
LONGEST_WORDS = 10_000


class Side(StrEnum):
    """Who appeals."""

    REPORTER = "reporter"
    PARTNER = "partner"
    ACTED_ON = "acted-on"


class Urgency(StrEnum):
    """What makes an appeal go first."""

    NONE = "none"
    DANGER = "danger"
    LOCKED_OUT = "locked-out"
    SOON_TOO_LATE = "soon-too-late"


class Lane(StrEnum):
    """How soon an appeal is decided."""

    USUAL = "usual"
    EXPEDITED = "expedited"


class Stage(StrEnum):
    """Where an appeal stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    DECIDED = "decided"


class Conclusion(StrEnum):
    """What the reviewer found."""

    UPHELD = "upheld"
    CHANGED = "changed"
    RETURNED = "returned"


class Delivery(StrEnum):
    """How far a statement has come on its way to the account it is about."""

    ORDERED = "ordered"
    UNDERWAY = "underway"
    FINISHED = "finished"
    LOST = "lost"


class Asks(StrEnum):
    """Whether an appeal may be filed now, and if not, why."""

    MAY = "may"
    UNDER_WAY = "under-way"
    DECIDED = "decided"
    TOO_LATE = "too-late"


def lane_of(urgency: Urgency) -> Lane:
    """Return the lane: somebody in danger, shut out, or silenced on the eve of a vote does not wait with the others."""
    return Lane.USUAL if urgency is Urgency.NONE else Lane.EXPEDITED


def last_moment(decided_at: datetime) -> datetime:
    """Return until when a decision can be appealed against: until its last day is over everywhere on Earth."""
    day = (decided_at.astimezone(UTC) + WINDOW).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1) + LAST_PLACE_ON_EARTH


def last_day(until: datetime) -> date:
    """Return the last day of a window. It is one and the same for every reader, wherever they are."""
    return (until.astimezone(UTC) - LAST_PLACE_ON_EARTH).date() - timedelta(days=1)


def check_window(decided_at: datetime, *, now: datetime, kept_waiting: bool) -> None:
    """Refuse an appeal that comes too late. Whoever came in time and found nobody to decide is never too late."""
    if now >= last_moment(decided_at) and not kept_waiting:
        sentence = "The time to appeal is over: it ended six months after the decision. What else you can do is below."
        raise Refused("appeal.too-late", sentence)


def check_again(*, under_way: bool, decided: bool, new_evidence: str) -> None:
    """Refuse a second appeal against the same decision, unless something new has come up."""
    if under_way:
        waits = "An appeal against this decision is under way. Add what is new to it as a message."
        raise Refused("appeal.under-way", waits)
    if decided and not new_evidence.strip():
        sentence = "This decision has been appealed against once. Another appeal needs something new: say what it is."
        raise Refused("appeal.nothing-new", sentence)


def check_words(words: str, new_evidence: str = "") -> None:
    """Refuse an appeal that says nothing, or more than can be read at once."""
    if not words.strip():
        raise Refused("appeal.empty", "Say what was decided wrongly. A few words are enough.")
    _check_length(words, new_evidence)


def check_message(text: str) -> None:
    """Refuse a message within an appeal that says nothing, or more than can be read at once."""
    if not text.strip():
        raise Refused("appeal.message-empty", "There is nothing to send yet. Write something first.")
    _check_length(text)


def _check_length(*texts: str) -> None:
    if max(map(len, texts)) > LONGEST_WORDS:
        sentence = f"This is longer than {LONGEST_WORDS} letters. Send the first part; the rest can follow as messages."
        raise Refused("appeal.too-long", sentence)


def check_taken(*, mine: bool) -> None:
    """Refuse to open what was sent for somebody who has not said that they decide on it."""
    if not mine:
        raise Refused("appeal.take-first", "Take this appeal first. Then what was sent opens for you.")


def check_conclusion(conclusion: Conclusion, *, words: str, has_reason: bool, undoes: int) -> None:
    """Refuse a decision without reasons, a change that names no new decision, and an undoing that changes nothing."""
    if not words.strip():
        raise Refused("appeal.without-words", "Write to whoever appealed what was decided and why.")
    if conclusion is Conclusion.CHANGED and not has_reason:
        raise Refused("appeal.without-decision", "Choose what is decided instead, and why.")
    if conclusion is not Conclusion.CHANGED and undoes:
        raise Refused("appeal.undoes-nothing", "Something is undone only where the decision is changed.")
