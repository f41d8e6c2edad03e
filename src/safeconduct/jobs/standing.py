"""When each round of this process last ended well, for whoever watches the service. In memory only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from safeconduct.jobs.rounds import Round
from safeconduct.kernel import clock

# A round may be slow once: it is late when it has missed many of its turns, and never within this time.
TURNS_MISSED = 10
GRACE = timedelta(minutes=2)


@dataclass(frozen=True)
class Standing:
    """One round: how often it should end, when it last ended well (or began to be gone), and its failures since."""

    every: timedelta
    well_at: datetime
    failures: int = 0

    def late(self, now: datetime) -> bool:
        """Answer whether it has missed so many turns that somebody should look."""
        return now - self.well_at > max(self.every * TURNS_MISSED, GRACE)


_standings: dict[str, Standing] = {}
_lock = Lock()


def begun(each: Round) -> None:
    """Remember that a round is gone from now on."""
    with _lock:
        _standings[each.name] = Standing(each.every, clock.now())


def ended(each: Round, *, well: bool) -> None:
    """Remember how a round ended."""
    with _lock:
        before = _standings.get(each.name) or Standing(each.every, clock.now())
        at, failures = (clock.now(), before.failures) if well else (before.well_at, before.failures + 1)
        _standings[each.name] = Standing(each.every, at, failures)


def standings() -> dict[str, Standing]:
    """Return every round of this process by name; none where another process goes the rounds."""
    with _lock:
        return dict(sorted(_standings.items()))


def forget() -> None:
    """Begin anew: no round is gone here any more."""
    with _lock:
        _standings.clear()
