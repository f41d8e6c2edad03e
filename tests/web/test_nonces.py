"""A form keeps its nonce from one sending to the next, and what is none costs nobody their words."""

import pytest

from safeconduct.web import nonces

pytestmark = pytest.mark.one_database


def test_a_form_sent_twice_carries_the_same_nonce() -> None:
    nonce = nonces.fresh()

    assert nonces.read(nonces.written(nonce)) == nonces.read_or_fresh(nonces.written(nonce)) == nonce


@pytest.mark.parametrize("token", ["", "a", "no nonce", "\ud800", nonces.written(b"short"), nonces.written(bytes(31))])
def test_a_damaged_field_is_no_nonce_and_gives_a_new_one(token: str) -> None:
    assert nonces.read(token) is None
    assert nonces.read_or_fresh(token) != nonces.read_or_fresh(token)
