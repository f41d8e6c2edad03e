"""What wakes people: the port every pager speaks, and the pagers of this process. A page says nothing of its cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Page:
    """One page: where to, which step of the escalation (0 is a trial), and a number that means nothing outside."""

    address: str
    step: int
    number: str


class Pager(Protocol):
    """One way to wake somebody."""

    @property
    def name(self) -> str:
        """Return the short name that addresses are kept under."""
        ...

    def send(self, page: Page) -> None:
        """Send one page, or raise ``Unavailable``."""
        ...


@runtime_checkable
class KnowsAddresses(Protocol):
    """A pager that can tell an address from what was mistyped, before anybody relies on it."""

    def check_address(self, address: str) -> None:
        """Raise ``Refused`` for what can be no address of this pager. Nothing is asked of anybody."""


_pagers: dict[str, Pager] = {}


def register(pager: Pager) -> None:
    """Make a pager usable; the last one registered under a name counts."""
    _pagers[pager.name] = pager


def pagers() -> tuple[Pager, ...]:
    """Return the pagers of this process, by name."""
    return tuple(_pagers[name] for name in sorted(_pagers))


@contextmanager
def registered(*them: Pager) -> Iterator[None]:
    """Have exactly these pagers inside the block: for tests and drills."""
    before = dict(_pagers)
    _pagers.clear()
    for pager in them:
        register(pager)
    try:
        yield
    finally:
        _pagers.clear()
        _pagers.update(before)
