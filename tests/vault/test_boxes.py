import dataclasses
import secrets
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault import DoesNotOpen, Place
from safeconduct.vault.boxes import OVERHEAD_BYTES, opened_under, sealed_under
from safeconduct.vault.padding import BUCKETS, LENGTH_BYTES, bucket, padded, unpadded
from tests.vault.makers import SOMEWHERE

KEY = bytes(range(32))
LARGEST = BUCKETS[-1]
STEPS = (*BUCKETS, 2 * LARGEST, 3 * LARGEST)
AROUND_EACH_STEP = sorted({max(0, step + shift) for step in (0, *STEPS[:-1]) for shift in range(-LENGTH_BYTES - 2, 3)})

PLACES = st.builds(
    Place,
    table=st.sampled_from(["report", "message", "reportmessage"]),
    row=st.sampled_from([UUID(int=number) for number in (0, 1, 256)]),
    field=st.sampled_from(["text", "subject", "t"]),
    revision=st.sampled_from([0, 1, 256]),
)


@pytest.mark.parametrize("size_bytes", AROUND_EACH_STEP)
def test_every_size_around_a_padding_step_comes_back_and_shows_only_a_bucket(size_bytes: int) -> None:
    plain = secrets.token_bytes(size_bytes)

    sealed = sealed_under(KEY, plain, SOMEWHERE)

    assert opened_under(KEY, sealed, SOMEWHERE) == plain
    assert len(sealed) - OVERHEAD_BYTES in STEPS


@given(plain=st.binary(max_size=5000))
def test_whatever_is_sealed_comes_back(plain: bytes) -> None:
    assert opened_under(KEY, sealed_under(KEY, plain, SOMEWHERE), SOMEWHERE) == plain


def test_every_length_up_to_a_step_has_the_same_size() -> None:
    for lower, upper in zip((0, *BUCKETS), BUCKETS, strict=False):
        assert bucket(lower + 1) == bucket(upper) == upper
    assert bucket(0) == BUCKETS[0]


@given(size_bytes=st.integers(min_value=LARGEST + 1, max_value=2**40))
def test_above_the_largest_bucket_sizes_are_whole_multiples_of_it(size_bytes: int) -> None:
    assert bucket(size_bytes) % LARGEST == 0
    assert 0 <= bucket(size_bytes) - size_bytes < LARGEST


@given(plain=st.binary(max_size=600))
def test_zeros_at_the_end_are_not_lost_with_the_padding(plain: bytes) -> None:
    assert unpadded(padded(plain + b"\0\0")) == plain + b"\0\0"


def test_a_length_beyond_the_frame_is_refused() -> None:
    with pytest.raises(DoesNotOpen):
        unpadded((1000).to_bytes(4, "big") + bytes(252))


@given(here=PLACES, there=PLACES)
def test_a_value_moved_to_another_table_row_field_or_revision_does_not_open(here: Place, there: Place) -> None:
    sealed = sealed_under(KEY, b"here", here)

    if here == there:
        assert opened_under(KEY, sealed, there) == b"here"
    else:
        with pytest.raises(DoesNotOpen):
            opened_under(KEY, sealed, there)


@pytest.mark.parametrize(
    "change",
    [{"table": "message"}, {"row": UUID(int=7)}, {"field": "subject"}, {"revision": 1}],
    ids=lambda each: next(iter(each)),
)
def test_each_part_of_the_place_is_bound(change: dict[str, object]) -> None:
    sealed = sealed_under(KEY, b"here", SOMEWHERE)

    with pytest.raises(DoesNotOpen):
        opened_under(KEY, sealed, dataclasses.replace(SOMEWHERE, **change))


@settings(max_examples=200)
@given(bit=st.integers(min_value=0, max_value=(256 + OVERHEAD_BYTES) * 8 - 1))
def test_one_changed_bit_anywhere_closes_the_box(bit: int) -> None:
    sealed = bytearray(sealed_under(KEY, b"what was written", SOMEWHERE))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(DoesNotOpen):
        opened_under(KEY, bytes(sealed), SOMEWHERE)


@given(end=st.integers(min_value=0, max_value=256 + OVERHEAD_BYTES - 1))
def test_a_shortened_box_does_not_open(end: int) -> None:
    with pytest.raises(DoesNotOpen):
        opened_under(KEY, sealed_under(KEY, b"whole", SOMEWHERE)[:end], SOMEWHERE)


def test_another_key_does_not_open() -> None:
    with pytest.raises(DoesNotOpen):
        opened_under(bytes(32), sealed_under(KEY, b"mine", SOMEWHERE), SOMEWHERE)


def test_the_same_words_never_look_the_same_twice() -> None:
    assert sealed_under(KEY, b"yes", SOMEWHERE) != sealed_under(KEY, b"yes", SOMEWHERE)


def test_a_box_of_the_demonstration_does_not_open_in_a_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    sealed = sealed_under(KEY, b"invented", SOMEWHERE)

    settings.SAFECONDUCT_CONTEXT = "programme"

    with pytest.raises(DoesNotOpen):
        opened_under(KEY, sealed, SOMEWHERE)


def test_each_box_names_its_suite_by_its_first_byte() -> None:
    assert sealed_under(KEY, b"", SOMEWHERE)[:1] == b"\x01"
