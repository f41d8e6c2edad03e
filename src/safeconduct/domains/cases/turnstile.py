"""Lets a few through at a time, lane by lane in turn, so that a crowd in one lane never holds up another."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from safeconduct.kernel.errors import Unavailable

AT_ONCE = 4
WAITING_IN_A_LANE = 4
PATIENCE = timedelta(seconds=20)


class Turnstile:
    """A fair lock for several at once. Whoever finds their lane full, or waits too long, is told to come again."""

    def __init__(
        self,
        lanes: Sequence[str],
        *,
        at_once: int = AT_ONCE,
        waiting_in_a_lane: int = WAITING_IN_A_LANE,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._lanes = deque(lanes)  # the lane served last stands last
        self._waiting: dict[str, deque[object]] = {lane: deque() for lane in lanes}
        self._free = at_once
        self._room = waiting_in_a_lane
        self._patience_seconds = patience.total_seconds()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, lane: str) -> Iterator[None]:
        """Wait for a turn in ``lane`` and hold it for the block."""
        self._enter(lane)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def waiting(self, lane: str) -> int:
        """Return how many wait in a lane."""
        with self._changed:
            return len(self._waiting[lane])

    def _enter(self, lane: str) -> None:
        place = object()
        with self._changed:
            queue = self._waiting[lane]
            if len(queue) >= self._room:
                raise _full()
            queue.append(place)
            if not self._changed.wait_for(lambda: self._is_next(lane, place), self._patience_seconds):
                queue.remove(place)
                self._changed.notify_all()
                raise _full()
            queue.popleft()
            self._free -= 1
            self._lanes.remove(lane)
            self._lanes.append(lane)
            self._changed.notify_all()

    def _is_next(self, lane: str, place: object) -> bool:
        if not self._free or self._waiting[lane][0] is not place:
            return False
        return next(each for each in self._lanes if self._waiting[each]) == lane


def _full() -> Unavailable:
    return Unavailable(
        "door.full",
        "Very many people are writing at this moment. Nothing you wrote is lost. Send it again in a minute.",
    )
