"""What can be wrong with a record, named entry by entry. Plain Python."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class DamageKind(StrEnum):
    """How the record differs from what was signed."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    TREE = "tree"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Damage:
    """One difference, over the places ``first`` to ``last``, told in one plain sentence.

    ``entry`` is the id that stands there now, if one can be read; ``came_from`` is where a moved entry was signed.
    """

    kind: DamageKind
    first: int
    last: int
    sentence: str
    entry: str = ""
    came_from: int | None = None


@dataclass(frozen=True)
class Occupant:
    """What stands at a place now: the hash it gives (none if it cannot be read), and what it calls itself."""

    hash: bytes
    entry: str = ""
    action: str = ""

    @property
    def name(self) -> str:
        """Return the action and id, for a sentence."""
        return f"{self.action}, {self.entry}" if self.entry else "it cannot be read"


def named(signed: Mapping[int, bytes], standing: Mapping[int, Occupant]) -> list[Damage]:
    """Say what happened at the suspicious places.

    ``signed`` holds the leaf hash the tree has for each, ``standing`` what stands there now. A place in the first
    only is empty; a place in the second only was never signed.
    """
    home = {leaf: index for index, leaf in signed.items()}
    now = {row.hash for row in standing.values()}
    moved = [_moved(index, home[row.hash], row) for index, row in standing.items() if row.hash in home]
    strange = [_strange(index, row, signed.get(index), now) for index, row in standing.items() if row.hash not in home]
    gone = [_gone(index) for index, leaf in signed.items() if leaf not in now and not _replaced(index, standing, home)]
    found = [*_joined(moved), *strange, *_joined(gone)]
    return sorted(found, key=lambda damage: (damage.first, damage.kind))


def _moved(index: int, home: int, row: Occupant) -> Damage:
    sentence = f"Entry {index:,} was moved: it was signed as entry {home:,}."
    return Damage(DamageKind.MOVED, index, index, sentence, row.entry, home)


def _strange(index: int, row: Occupant, signed: bytes | None, now: set[bytes]) -> Damage:
    """Tell a changed entry from an inserted one: what was signed here is gone, or stands elsewhere."""
    if signed is not None and signed not in now:
        sentence = f"Entry {index:,} was changed ({row.name})."
        return Damage(DamageKind.CHANGED, index, index, sentence, row.entry)
    sentence = f"Entry {index:,} was inserted: it was never signed ({row.name})."
    return Damage(DamageKind.INSERTED, index, index, sentence, row.entry)


def _replaced(index: int, standing: Mapping[int, Occupant], home: Mapping[bytes, int]) -> bool:
    """Return whether a strange row stands here, which then already counts as this entry, changed."""
    return index in standing and standing[index].hash not in home


def _gone(index: int) -> Damage:
    return Damage(DamageKind.REMOVED, index, index, f"Entry {index:,} was removed.")


def _joined(damages: Iterable[Damage]) -> Iterator[Damage]:
    """Make one of neighbours that were removed, or moved alike: one inserted entry moves all that follow."""
    row: list[Damage] = []
    for damage in sorted(damages, key=lambda damage: damage.first):
        if row and not _follows(row[-1], damage):
            yield _as_one(row[0], row[-1])
            row = []
        row.append(damage)
    if row:
        yield _as_one(row[0], row[-1])


def _follows(before: Damage, damage: Damage) -> bool:
    alike = before.came_from is None or damage.came_from == before.came_from + 1
    return damage.first == before.last + 1 and alike


def _as_one(first: Damage, last: Damage) -> Damage:
    if first == last:
        return first
    where = f"Entries {first.first:,} to {last.last:,} were {first.kind}"
    were = "" if first.came_from is None else f": they were signed as entries {first.came_from:,} to {last.came_from:,}"
    return Damage(first.kind, first.first, last.last, f"{where}{were}.", "", first.came_from)
