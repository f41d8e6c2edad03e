"""A key that lives in memory and dies every day, with everything that was made under it."""

import hmac
import ipaddress
import secrets
from datetime import UTC, date, datetime, time, timedelta

from safeconduct.kernel import clock
from safeconduct.kernel.slate import Slate

KEY_BYTES = 32
TAG_BYTES = 12
# What one household or one rented machine is given of the newer kind of address.
ONE_PLACE_BITS = 64


class DailyKey:
    """Gives today's key, one for all who share a slate. Yesterday's is gone, and what it tagged says nothing."""

    def __init__(self, slate: Slate | None = None, *, name: str = "door") -> None:
        self._slate, self._room = slate or Slate(), f"key: {name}"

    def __repr__(self) -> str:
        """Say nothing of the key."""
        return "<DailyKey>"

    def today(self) -> tuple[date, bytes]:
        """Return the day and its key, a fresh one on a new day."""
        day = clock.now().date()
        fresh = secrets.token_bytes(KEY_BYTES)
        return day, self._slate.first(self._room, [day.isoformat().encode()], fresh, ends=end_of(day))

    def tag(self, address: str) -> bytes:
        """Return today's mark of the place that an address belongs to. Tomorrow it leads nowhere."""
        return hmac.digest(self.today()[1], _place(address), "sha256")[:TAG_BYTES]


def end_of(day: date) -> datetime:
    """Return the midnight that ends a day."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _place(address: str) -> bytes:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()
    return known.packed if known.version == 4 else known.packed[: ONE_PLACE_BITS // 8]  # noqa: PLR2004 - its own name
