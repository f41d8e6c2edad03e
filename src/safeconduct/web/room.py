"""Whether there is room for more pictures: on the disk, and among what was sealed for reports that nobody sent yet.

What lies under drafts costs a stranger nothing, so it is bounded for each process, in memory; the disk's reserve bounds
all processes together.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from django.conf import settings

from safeconduct.kernel import clock
from safeconduct.vault.values import SealedFile

MEGABYTE = 1024 * 1024
# Reports are words: with this much left, many thousands of them are still kept.
RESERVE_BYTES = 256 * MEGABYTE
UNSENT_BYTES = 1024 * MEGABYTE
# A draft's two hours and its last minutes, until the sweep has come by.
FORGOTTEN_AFTER = timedelta(hours=2, minutes=30)


def on_the_disk() -> bool:
    """Answer whether the disk can take files and still take every report."""
    return shutil.disk_usage(settings.DATA).free >= RESERVE_BYTES


class Unsent:
    """How many bytes lie under drafts, by file. It knows ids and sizes, and no draft."""

    def __init__(self) -> None:
        self._lying: dict[UUID, tuple[int, datetime]] = {}
        self._lock = Lock()

    def takes(self, files: Iterable[SealedFile]) -> bool:
        """Answer whether these may be kept unsent too."""
        with self._lock:
            oldest = clock.now() - FORGOTTEN_AFTER
            self._lying = {each: kept for each, kept in self._lying.items() if kept[1] > oldest}
            more = sum(file.size_bytes for file in files if file.id not in self._lying)
            return sum(size for size, _ in self._lying.values()) + more <= UNSENT_BYTES

    def keep(self, files: Iterable[SealedFile]) -> None:
        """Count files that a draft holds now; a draft kept again holds them anew."""
        with self._lock:
            self._lying |= {file.id: (file.size_bytes, clock.now()) for file in files}

    def release(self, files: Iterable[SealedFile]) -> None:
        """Stop counting files that were sent or taken out."""
        with self._lock:
            for file in files:
                self._lying.pop(file.id, None)


unsent = Unsent()
