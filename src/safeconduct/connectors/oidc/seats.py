"""Who waits for a provider: a few at once, in turn, and from one place never so many that others find no seat."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from safeconduct.kernel.errors import Unavailable

BUSY = "Many people are signing in through this provider. Wait a moment, then start again."
# So many wait for the provider at once, and for a seat; the other workers belong to reporters.
SEATS = 4
WAITING = 4
# What one place is given of each, so that strangers at one address leave room for everybody else.
SHARE = 2
PATIENCE = timedelta(seconds=8)


class Seats:
    """A few seats. Of those who wait, whoever's place holds fewest goes first, and then whoever came first."""

    def __init__(self, *, patience: timedelta = PATIENCE) -> None:
        self._patience_seconds = patience.total_seconds()
        self._held: Counter[bytes] = Counter()
        self._waiting: list[list[bytes]] = []  # each a list of its own, so that two of one place are two
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, place: bytes) -> Iterator[None]:
        """Wait for a seat and hold it for the block. ``place`` is a mark of where somebody stands."""
        self._enter([place])
        try:
            yield
        finally:
            with self._changed:
                self._held[place] -= 1
                self._changed.notify_all()

    def _enter(self, mine: list[bytes]) -> None:
        with self._changed:
            self._make_room_for(mine[0])
            self._waiting.append(mine)
            self._changed.wait_for(lambda: self._is_out(mine) or self._is_next(mine), self._patience_seconds)
            if self._is_out(mine):
                raise _busy()
            seated = self._is_next(mine)
            self._waiting = [each for each in self._waiting if each is not mine]
            self._held[mine[0]] += seated
            self._changed.notify_all()
        if not seated:
            raise _busy()

    def _make_room_for(self, place: bytes) -> None:
        """Send away the newest of whichever place has most waiting, or the newcomer where that is theirs."""
        of_each = Counter(each[0] for each in self._waiting)
        if of_each[place] >= SHARE:
            raise _busy()
        if len(self._waiting) < WAITING:
            return
        greedy, most = of_each.most_common(1)[0]
        if most <= of_each[place] + 1:
            raise _busy()
        newest = next(each for each in reversed(self._waiting) if each[0] == greedy)
        self._waiting = [each for each in self._waiting if each is not newest]
        self._changed.notify_all()

    def _is_out(self, mine: list[bytes]) -> bool:
        return not any(each is mine for each in self._waiting)

    def _is_next(self, mine: list[bytes]) -> bool:
        if self._held.total() >= SEATS:
            return False
        able = [each for each in self._waiting if self._held[each[0]] < SHARE]
        return bool(able) and min(able, key=lambda each: self._held[each[0]]) is mine


def _busy() -> Unavailable:
    return Unavailable("provider.busy", BUSY)
