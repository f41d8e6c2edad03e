"""Going through the whole record once, from the first entry to the newest signature, and noting what does not fit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from safeconduct.audit import notes
from safeconduct.audit.damage import Occupant
from safeconduct.audit.models import Checkpoint, Entry, Node
from safeconduct.audit.notes import VerifierKey
from safeconduct.audit.sequencer import leaf_text
from safeconduct.audit.tree import Edge, Place, Span, leaf_hash, nodes_before
from safeconduct.kernel.errors import Refused

STRIDE = 1024

Progress = Callable[[int, int], None]


@dataclass
class Noted:
    """What one walk noted.

    ``signed`` and ``standing`` are the places whose entry does not give the leaf hash kept for it. ``bracket`` is the
    stretch between the last signature that fitted and the first that did not. Roots come in two: of the tree as its
    leaf hashes are kept, and as the entries now give it.
    """

    signed: dict[int, bytes] = field(default_factory=dict)
    standing: dict[int, Occupant] = field(default_factory=dict)
    subtrees: list[Span] = field(default_factory=list)
    forged: list[int] = field(default_factory=list)
    checkpoints: int = 0
    bracket: Span | None = None
    kept_root: bytes = b""
    standing_root: bytes = b""
    roots: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)


class Walk:
    """One pass over ``size`` entries; ``sizes`` are those of checkpoints held elsewhere, whose roots are wanted."""

    def __init__(self, size: int, sizes: frozenset[int], key: VerifierKey | None) -> None:
        self._size, self._sizes, self._key = size, sizes, key
        self._kept, self._standing = Edge(), Edge()
        self._bad_places: set[Place] = set()
        self._sound = 0
        self.found = Noted()

    def run(self, progress: Progress) -> Noted:
        """Go through the record in strides, so that its size never matters to memory."""
        self._note_roots(0, None)
        for start in range(0, self._size, STRIDE):
            self._stride(start, min(start + STRIDE, self._size))
            progress(self._kept.size, self._size)
        self.found.kept_root, self.found.standing_root = self._kept.root, self._standing.root
        return self.found

    def _stride(self, start: int, end: int) -> None:
        rows = dict(standing_between(start, end))
        between = Node.objects.filter(number__gte=nodes_before(start), number__lt=nodes_before(end))
        nodes = {number: bytes(value) for number, value in between.values_list("number", "hash")}
        signed = dict(self._signed_between(start, end))
        for index in range(start, end):
            self._entry(index, rows.get(index), nodes)
            self._note_roots(index + 1, signed.get(index + 1))

    def _entry(self, index: int, row: Occupant | None, nodes: dict[int, bytes]) -> None:
        number = nodes_before(index)
        kept = nodes.get(number, b"")
        if row is None or row.hash != kept:
            self.found.signed[index] = kept
        if row is not None and row.hash != kept:
            self.found.standing[index] = row
        self._standing.add(row.hash if row else kept)
        for level, value in enumerate(self._kept.add(kept)):
            if nodes.get(number + level) != value:
                self._note_subtree(Place(level, index >> level))

    def _note_subtree(self, place: Place) -> None:
        """Note the lowest subtree that does not fit its halves: those above it only repeat the news."""
        level, index = place.level, place.position
        below = {Place(level - 1, 2 * index), Place(level - 1, 2 * index + 1)}
        if not below & self._bad_places:
            self.found.subtrees.append(Span(index << level, (index + 1) << level))
        self._bad_places.add(place)

    def _note_roots(self, size: int, signed: bytes | None) -> None:
        if size in self._sizes:
            self.found.roots[size] = (self._kept.root, self._standing.root)
        if signed is None or self.found.bracket:
            return
        if signed in {self._kept.root, self._standing.root}:
            self._sound = size
        else:
            self.found.bracket = Span(self._sound, size)

    def _signed_between(self, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        for row in Checkpoint.objects.filter(size__gt=start, size__lte=end):
            self.found.checkpoints += 1
            root = signed_root(row, self._key)
            if root is None:
                self.found.forged.append(row.size)
            else:
                yield row.size, root


def signed_root(row: Checkpoint, key: VerifierKey | None) -> bytes | None:
    """Return the root that a kept checkpoint signs, or None if it is not our signature over that size."""
    try:
        checkpoint = notes.open_note(row.note, key) if key else None
    except Refused:
        return None
    return checkpoint.root if checkpoint and checkpoint.size == row.size else None


def standing_between(start: int | None, end: int | None) -> Iterator[tuple[int, Occupant]]:
    """Return what stands at each place. A row spoilt beyond reading is still counted as standing."""
    rows = Entry.objects.all()
    rows = rows if start is None else rows.filter(index__gte=start)
    rows = rows if end is None else rows.filter(index__lt=end)
    try:
        yield from [(row.index, _standing(row)) for row in rows]
    except (ValueError, TypeError, AttributeError):
        for index in rows.values_list("index", flat=True):
            yield index, _standing_alone(index)


def _standing_alone(index: int) -> Occupant:
    try:
        return _standing(Entry.objects.get(index=index))
    except (ValueError, TypeError, AttributeError):
        return Occupant(b"")


def _standing(row: Entry) -> Occupant:
    return Occupant(leaf_hash(leaf_text(row).encode()), str(row.entry_id), row.action)
