"""Losing again, after a restore, what was erased since the backup: each room says how, by the kind of the line."""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from safeconduct.kernel.errors import Refused
from safeconduct.vault.ledger import BEGUN, DAY, DESTROYED, Line

# Does again what the line tells of. Called with what was destroyed, whether or not any of it is there.
Again = Callable[[Collection[UUID]], None]

_again: dict[str, list[Again]] = {BEGUN: [], DAY: []}
_listed: list[Callable[[], frozenset[UUID]]] = []


def on(kind: str, again: Again) -> None:
    """Let a room lose again what lines of this kind name."""
    known = _again.setdefault(kind, [])
    if again not in known:
        known.append(again)


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


def lose_again(lines: Iterable[Line]) -> int:
    """Do again what the lines tell of, and return how many tell of an erasure."""
    done = 0
    for line in lines:
        for again in _again[line.kind]:
            again(line.ids)
        done += bool(line.ids)
    return done
