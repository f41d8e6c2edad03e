"""Decisions about identities over plain values: what a pseudonym looks like, who may ask, when it is too often."""

from datetime import datetime, timedelta
from enum import StrEnum

from safeconduct.kernel.errors import Refused

HOUR = timedelta(hours=1)
ASKING_LASTS = timedelta(hours=8)
KEPT_FOR = timedelta(days=730)
LATELY = timedelta(hours=24)
CALL_AGAIN = timedelta(minutes=30)  # by the clock: minutes would say when the first call was
NOT_WITHIN = timedelta(minutes=10)
MOST_BY_ONE = 2  # readings by one person in a day that nobody wonders at
MOST_BY_A_BENCH = 4
LONGEST_REASON = 1000
LONGEST_TEXT = 4000
PSEUDONYM_BITS = 32

# Each group is five letters that alternate, so that it can be said over the phone and means nothing anywhere.
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_GROUP_BITS = 16


class Stage(StrEnum):
    """How far an asking is."""

    WAITING = "waiting"
    APPROVED = "approved"
    READ = "read"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN_STAGES = (Stage.WAITING, Stage.APPROVED)


def pseudonym_of(number: int) -> str:
    """Return the pseudonym that a random number of 32 bits gives: two groups of five letters."""
    return "-".join(_group(number >> shift & 0xFFFF) for shift in (_GROUP_BITS, 0))


def _group(bits: int) -> str:
    letters = []
    for at in range(5):
        kind, size = (_VOWELS, 2) if at % 2 else (_CONSONANTS, 4)
        letters.append(kind[bits & (1 << size) - 1])
        bits >>= size
    return "".join(letters)


def as_kept(pseudonym: str) -> str:
    """Return a typed pseudonym as it is kept, whatever its case, spaces and dashes."""
    return "-".join(pseudonym.replace("-", " ").casefold().split())


def check_particulars(names: str, contacts: str, consent: str) -> None:
    """Refuse to enrol somebody of whom nothing is said, who has not consented, or at too great a length."""
    if not names.strip() and not contacts.strip():
        raise Refused("identity.empty", "Write a name or a contact. With neither there is nothing to keep.")
    if not consent.strip():
        sentence = "Write how they agreed to this, in their words. Nobody is enrolled without it."
        raise Refused("identity.no-consent", sentence)
    if max(len(names), len(contacts), len(consent)) > LONGEST_TEXT:
        raise Refused("identity.too-long", "This is too long to keep. Write the names and contacts alone.")


def check_reason(reason: str) -> None:
    """Refuse an asking that does not say why."""
    if not reason.strip():
        raise Refused("asking.no-reason", "Write why you need to know who this is. They can read it.")
    if len(reason) > LONGEST_REASON:
        raise Refused("asking.long-reason", "Say why in fewer words: at most a thousand letters.")


def check_waits(stage: Stage, *, lapses_at: datetime, now: datetime) -> None:
    """Refuse whatever comes after an asking ended or lapsed."""
    if stage not in OPEN_STAGES or now >= lapses_at:
        raise Refused("asking.over", "This asking is over. Whoever still needs to know asks anew.")


def check_may_read(stage: Stage) -> None:
    """Refuse to read before both benches have approved."""
    if stage is not Stage.APPROVED:
        raise Refused("asking.not-approved", "One custodian of each bench must approve first. Wait for both.")


def stage_after_approving(*, by_a: bool, by_b: bool) -> Stage:
    """Return where an asking stands once these benches have approved."""
    return Stage.APPROVED if by_a and by_b else Stage.WAITING


def to_the_hour(moment: datetime) -> datetime:
    """Return the hour in which a moment lies: the minute would stand beside the case that was read just before."""
    return moment.replace(minute=0, second=0, microsecond=0)


def lapses_at(now: datetime) -> datetime:
    """Return when an asking of now is over: its hours are counted from the full hour after it."""
    return to_the_hour(now) + ASKING_LASTS + HOUR


def lately_from(now: datetime) -> datetime:
    """Return from when on an asking counts as lately: a day, and up to an hour more."""
    return to_the_hour(now - LATELY)


def called_again_at(now: datetime) -> datetime:
    """Return when whoever was called now is called again: at the next half-hour that is ten minutes away."""
    soonest = now + NOT_WITHIN
    past = (soonest - to_the_hour(soonest)) % CALL_AGAIN
    return soonest - past + CALL_AGAIN if past else soonest


def is_unusual(times: int, most: int) -> bool:
    """Answer whether this many in a day is more than anybody should need."""
    return times > most
