"""The Merkle tree of RFC 6962, section 2.1: hashes, paths, and how little must be kept to grow it. Plain Python.

A *place* is a complete subtree: ``level`` 0 is a leaf, ``position`` counts from the left. Only complete subtrees are
kept, because they never change again; everything else is folded from them in a few steps.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32


class Place(NamedTuple):
    """One complete subtree of ``2 ** level`` leaves."""

    level: int
    position: int


class Span(NamedTuple):
    """The leaves from ``start`` up to, but not including, ``end``."""

    start: int
    end: int


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf; the prefix keeps a leaf from passing as a node."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_before(leaves: int) -> int:
    """Return how many complete subtrees a tree of so many leaves has."""
    return 2 * leaves - leaves.bit_count()


def number_of(place: Place) -> int:
    """Return which complete subtree this was, in the order of completion. A grown tree only ever adds numbers."""
    last_leaf = ((place.position + 1) << place.level) - 1
    return nodes_before(last_leaf) + place.level


def pieces(span: Span) -> list[Place]:
    """Return the complete subtrees that make up ``span``, which must be a subtree of some tree, largest first."""
    found, start = [], span.start
    while start < span.end:
        level = (span.end - start).bit_length() - 1
        found.append(Place(level, start >> level))
        start += 1 << level
    return found


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash of the subtree whose pieces, largest first, have these hashes."""
    if not hashes:
        return EMPTY_ROOT
    folded = hashes[-1]
    for left in reversed(hashes[:-1]):
        folded = node_hash(left, folded)
    return folded


def folded(spans: Sequence[Span], kept: Mapping[Place, bytes]) -> list[bytes]:
    """Return the hash of each span from the hashes of its pieces."""
    return [fold([kept[place] for place in pieces(span)]) for span in spans]


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the subtrees whose hashes show that leaf ``index`` stands in a tree of ``size``, lowest first."""
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(Span(middle, end))
            end = middle
        else:
            path.append(Span(start, middle))
            start = middle
    return path[::-1]


def consistency_spans(older: int, size: int) -> list[Span]:
    """Return the subtrees that show a tree of ``older`` leaves to be the beginning of one of ``size``."""
    if older in {0, size}:
        return []
    path, start, end = [], 0, size
    while end != older:
        middle = start + _split(end - start)
        if older <= middle:
            path.append(Span(middle, end))
            end = middle
        else:
            path.append(Span(start, middle))
            start = middle
    # The whole older tree needs no saying: whoever checks already holds its root.
    if start:
        path.append(Span(start, end))
    return path[::-1]


class Edge:
    """The right edge of a growing tree: the few complete subtrees from which the root is folded."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Start from a tree of ``size``, given the hashes of ``pieces(Span(0, size))``."""
        self.size = size
        self._hashes = list(hashes)

    def add(self, leaf: bytes) -> list[bytes]:
        """Add a leaf's hash; return the hashes of the subtrees it completes, itself first, numbered in a row."""
        completed = [leaf]
        self.size += 1
        # As many subtrees end here as the new size can be halved.
        while self.size % (1 << len(completed)) == 0:
            completed.append(node_hash(self._hashes.pop(), completed[-1]))
        self._hashes.append(completed[-1])
        return completed

    @property
    def root(self) -> bytes:
        """Return the root of the tree as it now is."""
        return fold(self._hashes)


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that this path leads to, or None if it cannot be a path of a tree of ``size``."""
    if not 0 <= index < size:
        return None
    spans = inclusion_spans(index, size)
    if len(spans) != len(path):
        return None
    found = leaf
    for span, beside in zip(spans, path, strict=True):
        found = node_hash(beside, found) if span.end <= index else node_hash(found, beside)
    return found


def is_consistent(older: int, older_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Return whether ``path`` shows the older tree to be the unchanged beginning of the newer one."""
    if older == 0:
        return older_root == EMPTY_ROOT and not path
    if not 0 < older <= size or len(path) != len(spans := consistency_spans(older, size)):
        return False
    if older == size:
        return older_root == root
    known = dict(zip(spans, path, strict=True))
    if spans[0].end != older:
        # The older tree is itself a subtree of the newer one, so its root is the first thing known.
        known[Span(0, older)] = older_root
    return _root_over(known, Span(0, older)) == older_root and _root_over(known, Span(0, size)) == root


def _root_over(known: Mapping[Span, bytes], whole: Span) -> bytes | None:
    """Return the root of ``whole`` if it can be folded from the known subtrees."""
    if whole in known:
        return known[whole]
    if whole.end - whole.start == 1:
        return None
    middle = whole.start + _split(whole.end - whole.start)
    left, right = _root_over(known, Span(whole.start, middle)), _root_over(known, Span(middle, whole.end))
    return None if left is None or right is None else node_hash(left, right)
