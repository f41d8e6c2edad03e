"""How much platforms told us of by themselves since this process started: a number each, in memory, and nothing else.

What was told is thrown away once it is counted. Detection, which would need it, is not here.
"""

import threading
from dataclasses import dataclass
from datetime import datetime

from safeconduct.connectors.incoming import Happenings
from safeconduct.kernel import clock


@dataclass(frozen=True)
class Heard:
    """How many things one platform told of, and the minute of the last."""

    count: int = 0
    last_at: datetime | None = None


_lock = threading.Lock()
_heard: dict[str, Heard] = {}


def count(told: Happenings) -> None:
    """Count what a platform told of, and let go of it."""
    with _lock:
        before = _heard.get(told.platform, Heard())
        _heard[told.platform] = Heard(before.count + len(told.happenings), clock.this_minute())


def heard_from(platform: str) -> Heard:
    """Return how much was heard from a platform since this process started."""
    with _lock:
        return _heard.get(platform, Heard())


def forget() -> None:
    """Begin at nothing again: for tests."""
    with _lock:
        _heard.clear()
