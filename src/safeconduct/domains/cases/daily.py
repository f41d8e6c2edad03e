"""A key that lives in this process's memory and dies every day, with everything that was made under it."""

import secrets
import threading
from datetime import date

from safeconduct.kernel import clock

KEY_BYTES = 32


class DailyKey:
    """Gives today's key. Yesterday's is gone: nobody can tell any more what was tagged under it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""

    def __repr__(self) -> str:
        """Say nothing of the key."""
        return "<DailyKey>"

    def today(self) -> tuple[date, bytes]:
        """Return the day and its key, a fresh one on a new day."""
        day = clock.now().date()
        with self._lock:
            if day != self._day:
                self._day, self._key = day, secrets.token_bytes(KEY_BYTES)
            return day, self._key
