"""Blind tags: found again by whoever holds the keys, carried without knowing the value, and mute to everybody else."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.kernel.ids import new_id
from safeconduct.vault.index import IndexKeys
from safeconduct.vault.values import DoesNotOpen, Place

pytestmark = pytest.mark.one_database
K1, K2 = b"1" * 32, b"2" * 32


@given(st.text(), st.text())
def test_a_tag_carried_to_the_next_key_is_the_tag_that_a_new_look_up_computes(platform: str, value: str) -> None:
    kept = IndexKeys({1: K1}).tag("account", platform, value, generation=1)

    both = IndexKeys({1: K1, 2: K2})

    assert both.carried(kept, since=1, to=2) == both.tag("account", platform, value, generation=2)


def test_carrying_twice_is_carrying_to_the_third_key() -> None:
    keys = IndexKeys({1: K1, 2: K2, 3: b"3" * 32})
    kept = keys.tag("account", "", "amina", generation=1)

    steps = keys.carried(keys.carried(kept, since=1, to=2), since=2, to=3)

    assert steps == keys.carried(kept, since=1, to=3) == keys.tag("account", "", "amina", generation=3)


def test_kind_and_platform_are_part_of_what_is_hashed() -> None:
    keys = IndexKeys({1: K1})
    said = [("account", "a", "bc"), ("account", "ab", "c"), ("reference", "a", "bc"), ("account", "", "abc")]

    assert len({keys.tag(*each, generation=1) for each in said}) == len(said)


def test_neither_key_alone_gives_the_tag_after_a_rotation() -> None:
    kept = IndexKeys({1: K1, 2: K2}).tag("account", "", "amina", generation=2)

    others = [IndexKeys({1: K1, 2: secrets.token_bytes(32)}), IndexKeys({1: secrets.token_bytes(32), 2: K2})]

    assert kept not in {each.tag("account", "", "amina", generation=2) for each in others}


def test_what_a_tag_leads_to_opens_under_its_own_generation_and_place_alone() -> None:
    keys, ids = IndexKeys({1: K1, 2: K2}), frozenset({new_id(), new_id()})
    place = Place("entry", new_id(), "sealed", 1)

    sealed = keys.seal_ids(ids, place, generation=1)

    assert keys.read_ids(sealed, place, generation=1) == ids
    with pytest.raises(DoesNotOpen):
        keys.read_ids(sealed, place, generation=2)
    with pytest.raises(DoesNotOpen):
        keys.read_ids(sealed, Place("entry", new_id(), "sealed", 1), generation=1)


def test_few_and_many_are_sealed_at_one_size() -> None:
    keys, place = IndexKeys({1: K1}), Place("entry", new_id(), "sealed", 1)

    sizes = {len(keys.seal_ids(frozenset(new_id() for _ in range(n)), place, generation=1)) for n in (0, 1, 15)}

    assert len(sizes) == 1


def test_a_chain_with_a_gap_is_no_chain() -> None:
    with pytest.raises(ValueError, match="every generation"):
        IndexKeys({2: K2})


def test_keys_are_not_shown_when_printed() -> None:
    assert "1" * 8 not in f"{IndexKeys({1: K1})!r}"
