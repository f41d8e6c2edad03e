"""What a helpdesk may know of a case: the port every helpdesk speaks, and the helpdesk of this process.

A link record holds a number, a severity, a clock and an address that opens nothing without signing in. It has room for
nothing else, so nothing else can leave.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class LinkRecord:
    """All that ever leaves. ``due_at`` is None while nothing is owed."""

    number: str
    severity: str
    due_at: datetime | None
    address: str
    closed: bool = False

    @property
    def clock(self) -> str:
        """Return the clock in words: closed, nothing owed, or until when."""
        if self.closed:
            return "closed"
        return f"due {self.due_at:%Y-%m-%d %H:%M} UTC" if self.due_at else "nothing is owed"

    @property
    def text(self) -> str:
        """Return the four things, a line each."""
        return f"{self.number}\nSeverity: {self.severity}\nClock: {self.clock}\n{self.address}"


class Helpdesk(Protocol):
    """One helpdesk."""

    @property
    def name(self) -> str:
        """Return which kind it is."""

    def file(self, record: LinkRecord) -> str:
        """Make a record there and return the reference by which it is found again, or raise ``Unavailable``."""

    def renew(self, reference: str, record: LinkRecord) -> None:
        """Say there how things stand now, or raise ``Unavailable``."""


_helpdesks: list[Helpdesk] = []


def register(helpdesk: Helpdesk) -> None:
    """Let a helpdesk be told; the last one registered counts."""
    _helpdesks[:] = [helpdesk]


def the_helpdesk() -> Helpdesk | None:
    """Return the helpdesk that is told, or None."""
    return _helpdesks[0] if _helpdesks else None


@contextmanager
def registered(helpdesk: Helpdesk) -> Iterator[None]:
    """Have this helpdesk inside the block: for tests and drills."""
    before = [*_helpdesks]
    register(helpdesk)
    try:
        yield
    finally:
        _helpdesks[:] = before
