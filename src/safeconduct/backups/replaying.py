"""Doing again, after a restore, what was done since the backup: each room says how, by the kind of the line.

What was erased is lost again. What was taken away from people is taken away again, but for what a room says it cannot.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol
from uuid import UUID

from safeconduct.kernel.errors import Refused
from safeconduct.vault.ledger import BEGUN, DAY, DESTROYED, Line

# Does again what the line tells of. Called with what was destroyed, whether or not any of it is there.
Again = Callable[[Collection[UUID]], None]


class Left(Protocol):
    """Somebody from whom a room could not take again what had been taken away, and why."""

    @property
    def id(self) -> UUID:
        """Return who or what it is."""

    @property
    def name(self) -> str:
        """Return what they are called here."""

    @property
    def what(self) -> str:
        """Return what had been done."""

    @property
    def why(self) -> str:
        """Return why it cannot be done again."""


_again: dict[str, list[Again]] = {BEGUN: [], DAY: []}
_taken: set[str] = set()
_left: list[Callable[[Sequence[Line]], Sequence[Left]]] = []
_listed: list[Callable[[], frozenset[UUID]]] = []


def on(kind: str, again: Again) -> None:
    """Let a room lose again what lines of this kind name."""
    known = _again.setdefault(kind, [])
    if again not in known:
        known.append(again)


def on_taken(kind: str, again: Again) -> None:
    """Let a room take away again what lines of this kind say was taken away from somebody."""
    on(kind, again)
    _taken.add(kind)


def list_left(left: Callable[[Sequence[Line]], Sequence[Left]]) -> None:
    """Let a room say from whom it could not take away again what lines name."""
    if left not in _left:
        _left.append(left)


def left(lines: Sequence[Line]) -> tuple[Left, ...]:
    """Return from whom nothing could be taken away again, by every room."""
    return tuple(each for room in _left for each in room(lines))


def list_files(listed: Callable[[], frozenset[UUID]]) -> None:
    """Let a room say which sealed files still belong to something."""
    if listed not in _listed:
        _listed.append(listed)


def listed_files() -> frozenset[UUID]:
    """Return the ids of all files that still belong to something."""
    return frozenset[UUID]().union(*(listed() for listed in _listed))


def check_known(lines: Iterable[Line]) -> None:
    """Refuse a ledger that tells of erasures which this version cannot do."""
    if unknown := sorted({line.kind for line in lines} - _again.keys()):
        words = ", ".join(unknown)
        sentence = f"The ledger tells of erasures that this version does not know: {words}. Use a newer one."
        raise Refused("restore.unknown-erasure", sentence)


def destroyed(lines: Iterable[Line]) -> frozenset[UUID]:
    """Return the ids whose keys were destroyed: no wrapped key of theirs is ever written again."""
    return frozenset(each for line in lines if line.kind == DESTROYED for each in line.ids)


def lose_again(lines: Iterable[Line]) -> tuple[int, int]:
    """Do again what the lines tell of; return how many tell of an erasure, and of something taken away."""
    done = {True: 0, False: 0}
    for line in lines:
        for again in _again[line.kind]:
            again(line.ids)
        done[line.kind in _taken] += bool(line.ids)
    return done[False], done[True]
