import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault import DoesNotOpen
from safeconduct.vault.keypairs import PUBLIC_KEY_BYTES, KeyPair, blind_id, hpke_open, hpke_seal, public_key

SEED = bytes(range(32))
SEALED_BYTES = len(hpke_seal(public_key(SEED), b"k" * 32, b"purpose"))


@settings(max_examples=40)
@given(seed=st.binary(min_size=32, max_size=32), plain=st.binary(max_size=100), info=st.binary(max_size=40))
def test_what_is_sealed_to_a_public_key_opens_with_its_seed(seed: bytes, plain: bytes, info: bytes) -> None:
    assert hpke_open(seed, hpke_seal(public_key(seed), plain, info), info) == plain


def test_a_seed_always_gives_the_same_key_pair() -> None:
    assert public_key(SEED) == public_key(SEED)
    assert len(public_key(SEED)) == PUBLIC_KEY_BYTES


def test_both_halves_of_a_key_pair_follow_from_the_seed_and_differ_between_seeds() -> None:
    one, other = public_key(SEED), public_key(bytes(32))

    assert one[1:1185] != other[1:1185]
    assert one[1185:] != other[1185:]


def test_another_seed_does_not_open() -> None:
    with pytest.raises(DoesNotOpen):
        hpke_open(bytes(32), hpke_seal(public_key(SEED), b"mine", b"purpose"), b"purpose")


def test_another_purpose_does_not_open() -> None:
    with pytest.raises(DoesNotOpen):
        hpke_open(SEED, hpke_seal(public_key(SEED), b"mine", b"purpose"), b"other")


@settings(max_examples=60)
@given(bit=st.integers(min_value=0, max_value=SEALED_BYTES * 8 - 1))
def test_one_changed_bit_anywhere_closes_it(bit: int) -> None:
    sealed = bytearray(hpke_seal(public_key(SEED), b"k" * 32, b"purpose"))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(DoesNotOpen):
        hpke_open(SEED, bytes(sealed), b"purpose")


@pytest.mark.parametrize("end", [0, 1, 2, 1000, SEALED_BYTES - 1])
def test_a_shortened_one_does_not_open(end: int) -> None:
    with pytest.raises(DoesNotOpen):
        hpke_open(SEED, hpke_seal(public_key(SEED), b"k" * 32, b"purpose")[:end], b"purpose")


@pytest.mark.parametrize(("context", "other"), [("demonstration", "programme"), ("programme", "demonstration")])
def test_a_seed_opens_nothing_across_contexts(settings: object, context: str, other: str) -> None:
    settings.SAFECONDUCT_CONTEXT = context
    kept, sealed = KeyPair.from_seed(SEED), hpke_seal(public_key(SEED), b"mine", b"purpose")

    settings.SAFECONDUCT_CONTEXT = other

    assert public_key(SEED) != kept.public_key
    with pytest.raises(DoesNotOpen):
        hpke_open(SEED, sealed, b"purpose")
    with pytest.raises(DoesNotOpen):
        kept.open(sealed, b"purpose")


def test_a_blind_id_follows_from_the_seed_and_not_from_the_public_key() -> None:
    other = secrets.token_bytes(32)

    assert blind_id(SEED) == blind_id(SEED)
    assert blind_id(SEED) != blind_id(other)
    assert blind_id(SEED).version == 8


@pytest.mark.parametrize("wrong", [b"", b"\x01" * 40, b"\x02" + public_key(SEED)[1:], public_key(SEED) + b"\0"])
def test_nothing_is_sealed_to_what_is_not_a_public_key(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="not a public key"):
        hpke_seal(wrong, b"mine", b"purpose")


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        public_key(b"short")
