"""Naming damage: every edit is named, and only edits are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.audit.damage import Damage, DamageKind, Occupant, named

pytestmark = pytest.mark.one_database

RECORDS = st.integers(1, 12).map(lambda size: [b"%d" % number for number in range(size)])


def difference(before: list[bytes], after: dict[int, bytes]) -> list[Damage]:
    signed = {index: leaf for index, leaf in enumerate(before) if after.get(index) != leaf}
    standing = {index: Occupant(leaf) for index, leaf in after.items() if before[index : index + 1] != [leaf]}
    return named(signed, standing)


def kinds(damages: list[Damage], kind: DamageKind) -> list[int]:
    return [index for one in damages if one.kind == kind for index in range(one.first, one.last + 1)]


@given(before=RECORDS, index=st.integers(0, 11))
def test_a_change_is_one_change(before: list[bytes], index: int) -> None:
    index %= len(before)
    after = dict(enumerate(before)) | {index: b"other"}

    damages = difference(before, after)

    assert [(one.kind, one.first, one.last) for one in damages] == [(DamageKind.CHANGED, index, index)]


@given(before=RECORDS, index=st.integers(0, 11), closed=st.booleans())
def test_a_removal_is_named_whether_or_not_the_gap_is_closed(before: list[bytes], index: int, *, closed: bool) -> None:
    index %= len(before)
    left = [leaf for leaf in before if leaf != before[index]]
    after = dict(enumerate(left)) if closed else {at: leaf for at, leaf in enumerate(before) if at != index}

    damages = difference(before, after)

    assert kinds(damages, DamageKind.REMOVED) == [index]
    assert kinds(damages, DamageKind.CHANGED) == kinds(damages, DamageKind.INSERTED) == []


@given(before=RECORDS, index=st.integers(0, 12))
def test_an_insertion_is_named_and_what_follows_is_moved(before: list[bytes], index: int) -> None:
    index %= len(before) + 1
    after = dict(enumerate([*before[:index], b"other", *before[index:]]))

    damages = difference(before, after)

    assert kinds(damages, DamageKind.INSERTED) == [index]
    assert kinds(damages, DamageKind.MOVED) == list(range(index + 1, len(before) + 1))
    assert len(damages) <= 2


@given(before=RECORDS, order=st.randoms(use_true_random=False))
def test_another_order_is_moves_and_nothing_else(before: list[bytes], order: st.randoms) -> None:
    shuffled = list(before)
    order.shuffle(shuffled)

    damages = difference(before, dict(enumerate(shuffled)))

    assert {one.kind for one in damages} <= {DamageKind.MOVED}
    assert kinds(damages, DamageKind.MOVED) == [at for at, leaf in enumerate(shuffled) if before[at] != leaf]


@given(before=RECORDS, edits=st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["drop", "spoil", "double"]))))
def test_nothing_is_named_when_nothing_differs_and_something_when_anything_does(
    before: list[bytes], edits: list[tuple[int, str]]
) -> None:
    after = dict(enumerate(before))
    for index, edit in edits:
        place = index % len(before)
        if edit == "drop":
            after.pop(place, None)
        else:
            after[place] = b"other" if edit == "spoil" else before[0]

    assert bool(difference(before, after)) is (after != dict(enumerate(before)))
