"""A key that lives in this process's memory and dies every day, with everything that was made under it."""

import hmac
import ipaddress
import secrets
import threading
from datetime import date

from safeconduct.kernel import clock

KEY_BYTES = 32
TAG_BYTES = 12
# What one household or one rented machine is given of the newer kind of address.
ONE_PLACE_BITS = 64


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

    def tag(self, address: str) -> bytes:
        """Return today's mark of the place that an address belongs to. Tomorrow it leads nowhere."""
        return hmac.digest(self.today()[1], _place(address), "sha256")[:TAG_BYTES]


def _place(address: str) -> bytes:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()
    return known.packed if known.version == 4 else known.packed[: ONE_PLACE_BITS // 8]  # noqa: PLR2004 - its own name
