from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.labels import as_id, bound, derived, derived_id

PARTS = st.lists(st.text(max_size=8), max_size=5)


@given(one=PARTS, other=PARTS)
def test_no_two_lists_of_parts_look_alike(one: list[str], other: list[str]) -> None:
    assert (bound("p", *one) == bound("p", *other)) is (one == other)


def test_parts_cannot_run_into_each_other() -> None:
    assert bound("p", "ab", "c") != bound("p", "a", "bc")
    assert bound("pa", "b") != bound("p", "ab")


def test_keys_for_two_purposes_differ() -> None:
    assert derived(b"secret", "one") != derived(b"secret", "other")
    assert derived(b"secret", "one", UUID(int=1)) != derived(b"secret", "one", UUID(int=2))


def test_a_demonstration_derives_other_keys_than_a_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    here = derived(b"secret", "one")

    settings.SAFECONDUCT_CONTEXT = "programme"

    assert derived(b"secret", "one") != here


@given(raw=st.binary(min_size=16, max_size=16))
def test_a_derived_id_is_never_mistaken_for_a_random_one(raw: bytes) -> None:
    assert as_id(raw).version == 8


def test_an_id_follows_from_the_secret_alone() -> None:
    assert derived_id(b"secret", "one") == derived_id(b"secret", "one")
    assert derived_id(b"secret", "one") != derived_id(b"other", "one")
