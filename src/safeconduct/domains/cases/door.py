"""The door: who is served in which turn, when a question is asked first, and when files must wait. All in memory.

Nothing here is written down: an address is turned at once into a tag under a key that dies every day, and only
counted, on one slate for all processes of a service. Turns are each process's own: they share out its own threads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from safeconduct.domains.cases.challenges import Challenge, Challenges
from safeconduct.domains.cases.daily import DailyKey
from safeconduct.domains.cases.turnstile import Turnstile
from safeconduct.kernel import clock
from safeconduct.kernel.slate import Slate, slate

# Many people may share one address (an office, a relay), so passing this asks a question and never refuses.
FROM_ONE_PLACE_AN_HOUR = 5
FLOOD_WITHIN = timedelta(minutes=10)
FLOOD_FROM = 60
REMEMBERED = 50_000
_YES, _NO = b"yes", b"no"
_NEVER = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)


class Lane(StrEnum):
    """Three lanes, served in turn, so that a crowd in one never holds up another."""

    RETURNING = "returning"
    PARTNER = "partner"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Knock:
    """What somebody at the door is told: a question to answer first, or none; whether files may come now."""

    challenge: Challenge | None
    files: bool


class Door:
    """The door, as one process keeps it together with those it shares a slate with."""

    def __init__(self, slate: Slate | None = None, turnstile: Turnstile | None = None) -> None:
        self._turnstile = turnstile or Turnstile([lane.value for lane in Lane])
        self._slate = slate or Slate()
        self._key = DailyKey(self._slate)
        self._challenges = Challenges(self._key, self._slate)

    @contextmanager
    def turn(self, lane: Lane) -> Iterator[None]:
        """Wait for this lane's turn; raise ``Unavailable`` when too many already wait in it."""
        with self._turnstile.turn(lane.value):
            yield

    def knock(self, lane: Lane, address: str) -> Knock:
        """Say what comes before a report is taken. ``address`` is counted under today's key and forgotten at once."""
        if lane is not Lane.ANONYMOUS:
            return Knock(challenge=None, files=True)
        often = self._count(address)
        flood = self.flooding()
        return Knock(challenge=self._challenges.make() if flood or often else None, files=not flood)

    def place_of(self, address: str) -> bytes:
        """Return today's mark of where somebody stands, to share room out fairly. It never leaves memory."""
        return self._key.tag(address)

    def answered(self, token: str, typed: str) -> bool:
        """Return whether a challenge was answered rightly. A right answer serves once."""
        return self._challenges.answered(token, typed)

    def give_back(self, token: str) -> None:
        """Let a right answer serve again, since no report came of it."""
        self._challenges.give_back(token)

    def arrived(self) -> None:
        """Count one anonymous report, to notice a flood."""
        minute = clock.this_minute()
        ends = minute + FLOOD_WITHIN + timedelta(minutes=1)
        self._slate.count("arrivals", minute.isoformat().encode(), ends=ends)

    def flooding(self) -> bool:
        """Return whether reports pour in, by the last minutes' count or because a lead has said so."""
        if (said := self._slate.said("flood")) is not None:
            return said == _YES
        return self._slate.total("arrivals") >= FLOOD_FROM

    def set_flood(self, on: bool | None) -> None:  # noqa: FBT001 - three states, and None means: judge by the count
        """Say that there is a flood, or that there is none; None leaves it to the count."""
        self._slate.say("flood", None if on is None else _YES if on else _NO, ends=_NEVER)

    def _count(self, address: str) -> bool:
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        room, ends = f"places: {hour.isoformat()}", hour + timedelta(hours=1)
        return self._slate.count(room, self._key.tag(address), ends=ends, most=REMEMBERED) > FROM_ONE_PLACE_AN_HOUR


door = Door(slate)
knock, answered, turn, flooding, set_flood = door.knock, door.answered, door.turn, door.flooding, door.set_flood
give_back, place_of = door.give_back, door.place_of
