"""The door: who is served in which turn, when a question is asked first, and when files must wait. All in memory.

Nothing here is written down: an address is turned at once into a tag under a key that dies every day, and only
counted. Each process has its own door.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from safeconduct.domains.cases.challenges import Challenge, Challenges
from safeconduct.domains.cases.daily import DailyKey
from safeconduct.domains.cases.turnstile import Turnstile
from safeconduct.kernel import clock

# Many people may share one address (an office, a relay), so passing this asks a question and never refuses.
FROM_ONE_PLACE_AN_HOUR = 5
FLOOD_WITHIN = timedelta(minutes=10)
FLOOD_FROM = 60
REMEMBERED = 50_000


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
    """One process's door."""

    def __init__(self, turnstile: Turnstile | None = None) -> None:
        self._turnstile = turnstile or Turnstile([lane.value for lane in Lane])
        self._key = DailyKey()
        self._challenges = Challenges(self._key)
        self._lock = threading.Lock()
        self._hour: tuple[date, int] | None = None
        self._counts: dict[bytes, int] = {}
        self._arrivals: deque[datetime] = deque(maxlen=FLOOD_FROM)
        self._set: bool | None = None

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

    def arrived(self) -> None:
        """Count one anonymous report, to notice a flood."""
        with self._lock:
            self._arrivals.append(clock.now())

    def flooding(self) -> bool:
        """Return whether reports pour in, by the last minutes' count or because a lead has said so."""
        if self._set is not None:
            return self._set
        with self._lock:
            full = len(self._arrivals) == FLOOD_FROM
            return full and clock.now() - self._arrivals[0] <= FLOOD_WITHIN

    def set_flood(self, on: bool | None) -> None:  # noqa: FBT001 - three states, and None means: judge by the count
        """Say that there is a flood, or that there is none; None leaves it to the count."""
        self._set = on

    def _count(self, address: str) -> bool:
        day, tag = self._key.today()[0], self._key.tag(address)
        with self._lock:
            hour = (day, clock.now().hour)
            if hour != self._hour:
                self._hour, self._counts = hour, {}
            if tag not in self._counts and len(self._counts) >= REMEMBERED:
                return True
            self._counts[tag] = self._counts.get(tag, 0) + 1
            return self._counts[tag] > FROM_ONE_PLACE_AN_HOUR


door = Door()
knock, answered, turn, flooding, set_flood = door.knock, door.answered, door.turn, door.flooding, door.set_flood
place_of = door.place_of
