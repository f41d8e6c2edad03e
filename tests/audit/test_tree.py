"""The tree against another's implementation of RFC 6962, for trees of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from safeconduct.audit.tree import (
    EMPTY_ROOT,
    Edge,
    Place,
    Span,
    consistency_spans,
    folded,
    inclusion_spans,
    is_consistent,
    leaf_hash,
    nodes_before,
    number_of,
    pieces,
    root_from_inclusion,
)

SIZES = st.integers(1, 130)


class Kept:
    """Our tree and theirs, over the same leaves."""

    def __init__(self, size: int) -> None:
        self.theirs = InmemoryTree(algorithm="sha256")
        self.edge, self.nodes = Edge(), []
        for number in range(size):
            self.theirs.append_entry(b"%d" % number)
            self.nodes += self.edge.add(leaf_hash(b"%d" % number))

    def hashes(self, spans: list[Span]) -> list[bytes]:
        return folded(spans, {place: self.nodes[number_of(place)] for span in spans for place in pieces(span)})


TREE = Kept(131)


@pytest.mark.one_database
@given(size=SIZES)
def test_the_root_is_the_one_another_implementation_finds(size: int) -> None:
    places = pieces(Span(0, size))
    edge = Edge(size, [TREE.nodes[number_of(place)] for place in places])

    assert edge.root == TREE.theirs.get_root(size) == TREE.hashes([Span(0, size)])[0]


@pytest.mark.one_database
def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Edge().root == EMPTY_ROOT == InmemoryTree(algorithm="sha256").get_root()


@pytest.mark.one_database
@given(index=st.integers(0, 129), size=SIZES)
def test_every_leaf_is_shown_to_stand_by_the_path_another_implementation_gives(index: int, size: int) -> None:
    index %= size
    path = TREE.hashes(inclusion_spans(index, size))
    leaf = leaf_hash(b"%d" % index)

    theirs = TREE.theirs.prove_inclusion(index + 1, size)

    assert [leaf, *path] == theirs.path
    assert root_from_inclusion(leaf, index, size, path) == TREE.theirs.get_root(size)


@pytest.mark.one_database
@given(index=st.integers(0, 129), claimed=st.integers(-2, 140), size=SIZES, spoilt=st.integers(0, 7))
def test_a_leaf_is_shown_to_stand_nowhere_but_in_its_place(index: int, claimed: int, size: int, spoilt: int) -> None:
    index %= size
    path = TREE.hashes(inclusion_spans(index, size))
    other = [leaf_hash(b"other") if number == spoilt else value for number, value in enumerate(path)]
    leaf, root = leaf_hash(b"%d" % index), TREE.theirs.get_root(size)

    assert (root_from_inclusion(leaf, claimed, size, path) == root) is (claimed == index)
    assert (root_from_inclusion(leaf, index, size, other) == root) is (other == path)
    assert root_from_inclusion(leaf, index, size, [*path, leaf]) != root
    assert root_from_inclusion(leaf_hash(b"other"), index, size, path) != root


@pytest.mark.one_database
@given(older=st.integers(0, 130), size=SIZES)
def test_a_tree_is_shown_to_continue_each_earlier_one(older: int, size: int) -> None:
    older = min(older, size)
    path = TREE.hashes(consistency_spans(older, size))
    before, after = TREE.theirs.get_root(older) if older else EMPTY_ROOT, TREE.theirs.get_root(size)

    assert is_consistent(older, before, size, after, path)


@pytest.mark.one_database
@given(older=st.integers(1, 130), size=SIZES, spoilt=st.integers(0, 8))
def test_a_tree_that_was_changed_is_never_shown_to_continue(older: int, size: int, spoilt: int) -> None:
    older = min(older, size)
    path = TREE.hashes(consistency_spans(older, size))
    before, after, wrong = TREE.theirs.get_root(older), TREE.theirs.get_root(size), leaf_hash(b"other")
    other = [wrong if number == spoilt else value for number, value in enumerate(path)]

    assert not is_consistent(older, wrong, size, after, path)
    assert not is_consistent(older, before, size, wrong, path)
    assert not is_consistent(older, before, size, after, [*path, wrong])
    assert is_consistent(older, before, size, after, other) is (other == path)


@pytest.mark.one_database
@given(size=SIZES)
def test_complete_subtrees_are_numbered_without_gap_in_the_order_of_completion(size: int) -> None:
    edge, order = Edge(), []
    for index in range(size):
        completed = edge.add(leaf_hash(b"x"))
        order += [number_of(Place(level, index >> level)) for level in range(len(completed))]

    assert order == list(range(nodes_before(size)))
