"""Whether there is room for more pictures: on the disk, and among what was sealed for reports that nobody sent yet.

What lies under drafts costs a stranger nothing, so it is bounded for each process, in memory; the disk's reserve bounds
all processes together.
"""

import shutil
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from django.conf import settings

from safeconduct.domains.cases.services import intake
from safeconduct.kernel import clock
from safeconduct.vault.values import SealedFile

MEGABYTE = 1024 * 1024
# Reports are words: with this much left, many thousands of them are still kept.
RESERVE_BYTES = 256 * MEGABYTE
UNSENT_BYTES = 1024 * MEGABYTE
LEAST_BYTES = MEGABYTE // 16
# A draft's two hours and its last minutes, until the sweep has come by.
FORGOTTEN_AFTER = timedelta(hours=2, minutes=30)


def on_the_disk() -> bool:
    """Answer whether the disk can take files and still take every report."""
    return shutil.disk_usage(settings.DATA).free >= RESERVE_BYTES


@dataclass(frozen=True)
class Lying:
    """One picture under a draft: where it came from, as today's mark in memory, its size, and when it was last kept."""

    place: bytes = field(repr=False)
    size_bytes: int
    kept_at: datetime


class Unsent:
    """What lies under drafts, oldest first. It knows ids, sizes and places, and no draft.

    When all room is taken, the place that holds most gives way with its oldest, so one stranger crowds out only
    pictures of their own. Nobody gives way to a place that would then hold more.
    """

    def __init__(self) -> None:
        self._lying: dict[UUID, Lying] = {}
        self._lock = Lock()

    def takes(self, files: Iterable[SealedFile], place: bytes) -> bool:
        """Answer whether these may be kept unsent too, and delete what gives way to them."""
        with self._lock:
            oldest = clock.now() - FORGOTTEN_AFTER
            self._lying = {each: kept for each, kept in self._lying.items() if kept.kept_at > oldest}
            more = sum(_counted(file) for file in files if file.id not in self._lying)
            giving_way = self._giving_way(more, place)
            fits = self._all() - sum(self._lying[each].size_bytes for each in giving_way) + more <= UNSENT_BYTES
            going = giving_way if fits else []
            for each in going:
                del self._lying[each]
        if going:
            intake.delete_unsent(going)
        return fits

    def keep(self, files: Iterable[SealedFile], place: bytes) -> None:
        """Count files that a draft holds now; a draft kept again holds them anew, where they first came from."""
        with self._lock:
            for file in files:
                known = self._lying.get(file.id)
                self._lying[file.id] = Lying(known.place if known else place, _counted(file), clock.now())

    def release(self, files: Iterable[SealedFile]) -> None:
        """Stop counting files that were sent or taken out."""
        with self._lock:
            for file in files:
                self._lying.pop(file.id, None)

    def _all(self) -> int:
        return sum(lying.size_bytes for lying in self._lying.values())

    def _giving_way(self, more: int, place: bytes) -> list[UUID]:
        """Return the oldest of whoever holds most, again and again, until so much more fits or nobody holds more."""
        held, going = Counter({place: more}), list[UUID]()
        queues: dict[bytes, deque[UUID]] = defaultdict(deque)
        for each, lying in self._lying.items():
            held[lying.place] += lying.size_bytes
            queues[lying.place].append(each)
        while held.total() > UNSENT_BYTES:
            greediest = max(held, key=lambda one: (held[one], one == place))
            if not queues[greediest]:
                break
            going.append(queues[greediest].popleft())
            held[greediest] -= self._lying[going[-1]].size_bytes
        return going


def _counted(file: SealedFile) -> int:
    # However small, each has a row, a file, and a place in this list.
    return max(file.size_bytes, LEAST_BYTES)


unsent = Unsent()
