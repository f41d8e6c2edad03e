"""How often one account may be written to, counted in memory under a key that dies with the day. Nothing is stored."""

import hashlib
import hmac
import secrets
import threading
from collections import Counter
from datetime import date

from safeconduct.connectors.port import AccountRef
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused

CODES_A_DAY = 5


class DailyTally:
    """Counts by account without being able to say which accounts it counted."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""
        self._counts: Counter[bytes] = Counter()

    def count(self, account: AccountRef) -> None:
        """Count one more; refuse when the day's share is used up."""
        with self._lock:
            self._begin_day()
            named = f"{account.platform}\n{account.handle}".encode()
            mark = hmac.digest(self._key, named, hashlib.sha256)
            if self._counts[mark] >= self._most:
                raise Refused(
                    "code.too-many", "No more codes can be sent to this account today. A person must check; ask here."
                )
            self._counts[mark] += 1

    def _begin_day(self) -> None:
        today = clock.now().date()
        if today != self._day:
            self._day, self._key = today, secrets.token_bytes(32)
            self._counts.clear()


codes_today = DailyTally(CODES_A_DAY)
