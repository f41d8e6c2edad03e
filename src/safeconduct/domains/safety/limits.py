"""How often one account may be written to, counted in memory under a key that dies with the day. Nothing is stored."""

import hashlib
import hmac
import secrets
import threading
from collections import Counter
from datetime import date
from uuid import UUID

from safeconduct.connectors.port import AccountRef, local_name
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused

CODES_A_DAY = 5
CODES_A_DAY_BY_ONE = 2  # of one case, so that a stranger's report cannot use up what the owner needs


class DailyTally:
    """Counts by account without being able to say which accounts it counted."""

    def __init__(self, most: int, *, by_one: int) -> None:
        self._most = most
        self._most_by_one = by_one
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""
        self._counts: Counter[bytes] = Counter()

    def count(self, account: AccountRef, *, by: UUID) -> None:
        """Count one more of case ``by``; refuse when the account's share of the day, or the case's part, is used up."""
        with self._lock:
            self._begin_day()
            # Without its server: nobody is sent more because their name can be written in two ways.
            named = f"{account.platform}\n{local_name(account.handle)}"
            of_account, of_case = self._mark(named), self._mark(f"{named}\n{by}")
            if self._counts[of_account] >= self._most or self._counts[of_case] >= self._most_by_one:
                raise Refused(
                    "code.too-many", "No more codes can be sent to this account today. A person must check; ask here."
                )
            self._counts.update((of_account, of_case))

    def _mark(self, named: str) -> bytes:
        return hmac.digest(self._key, named.encode(), hashlib.sha256)

    def _begin_day(self) -> None:
        today = clock.now().date()
        if today != self._day:
            self._day, self._key = today, secrets.token_bytes(32)
            self._counts.clear()


codes_today = DailyTally(CODES_A_DAY, by_one=CODES_A_DAY_BY_ONE)
