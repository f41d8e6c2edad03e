"""Doing again, after a restore, what was done since the backup: each room says how, by the kind of the line.

What was erased is lost again, whenever that was: a line is written before its transaction ends, so a backup that began
in between holds what the line tells of, and knows the line. What was taken away from people since is taken away again,
but for what was given back later, and what a room says it cannot: those lines are written after the commit.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol
from uuid import UUID

from safeconduct.kernel.errors import Refused
from safeconduct.vault.ledger import BEGUN, DAY, DESTROYED, Line, named_in

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


# At once, so that a ledger of years costs a few questions.
IDS_AT_ONCE = 500

_again: dict[str, list[Again]] = {BEGUN: [], DAY: []}
_taken: dict[str, list[Again]] = {}
_given_back: dict[str, str] = {}
_left: list[Callable[[Sequence[Line]], Sequence[Left]]] = []
_listed: list[Callable[[], frozenset[UUID]]] = []


def on(kind: str, again: Again) -> None:
    """Let a room lose again what lines of this kind name. It is called with everything that was ever lost."""
    _add(_again, kind, again)


def on_taken(kind: str, again: Again) -> None:
    """Let a room take away again what lines of this kind say was taken away from somebody."""
    _add(_taken, kind, again)


def on_given_back(kind: str, taken: str) -> None:
    """Let lines of this kind say that what earlier lines of the kind ``taken`` name was given back."""
    _given_back[kind] = taken


def _add(rooms: dict[str, list[Again]], kind: str, again: Again) -> None:
    known = rooms.setdefault(kind, [])
    if again not in known:
        known.append(again)


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
    if unknown := sorted({line.kind for line in lines} - _again.keys() - _taken.keys() - _given_back.keys()):
        words = ", ".join(unknown)
        sentence = f"The ledger tells of erasures that this version does not know: {words}. Use a newer one."
        raise Refused("restore.unknown-erasure", sentence)


def destroyed(lines: Iterable[Line]) -> frozenset[UUID]:
    """Return the ids whose keys were destroyed: no wrapped key of theirs is ever written again."""
    return frozenset(each for line in lines if line.kind == DESTROYED for each in line.ids)


def lose_again(lines: Iterable[Line]) -> None:
    """Lose again what any of the lines says was erased, whether or not any of it is there."""
    for kind, named in named_in(lines).items():
        ids = sorted(named) if kind in _again else []
        for at in range(0, len(ids), IDS_AT_ONCE):
            for again in _again[kind]:
                again(ids[at : at + IDS_AT_ONCE])


def take_away_again(since: Sequence[Line]) -> int:
    """Take away again what these lines say was taken away and not given back; return how many lines say so."""
    done = 0
    for at, line in enumerate(since):
        if line.kind in _taken:
            ids = set(line.ids) - _given_back_in(since[at:], line.kind)
            for again in _taken[line.kind]:
                again(ids)
            done += bool(ids)
    return done


def _given_back_in(lines: Iterable[Line], taken: str) -> set[UUID]:
    return {each for line in lines if _given_back.get(line.kind) == taken for each in line.ids}


def erasures_in(lines: Iterable[Line]) -> int:
    """Return how many of the lines tell of an erasure."""
    return sum(line.kind in _again and bool(line.ids) for line in lines)
