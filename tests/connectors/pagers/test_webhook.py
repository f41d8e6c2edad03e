"""Pages by webhook: signed, without content, and told when they were not taken."""

import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageVerifier, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from safeconduct.connectors.outside import Limits
from safeconduct.connectors.pagers.webhook import WebhookPager
from safeconduct.connectors.paging import Page
from safeconduct.connectors.signatures import TAG, OurKey
from safeconduct.kernel.errors import Unavailable
from tests.connectors.listener import Listener, listening

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
KEY = OurKey("safeconduct-1", Ed25519PrivateKey.generate())


@pytest.fixture
def receiver() -> Iterator[Listener]:
    with listening() as running:
        yield running


def pager(**more: object) -> WebhookPager:
    return WebhookPager(**{"key": KEY, "allow_private": True, **more})


def test_a_page_says_only_that_something_is_waiting(receiver: Listener) -> None:
    pager().send(Page(f"{receiver.address}/hooks/duty", 2, "1842"))

    [taken] = receiver.taken
    assert taken.path == "/hooks/duty"
    assert json.loads(taken.body) == {
        "text": "Something is waiting. The number of this call is 1842.",
        "page": "1842",
        "step": 2,
    }


def test_a_page_is_signed(receiver: Listener) -> None:
    pager().send(Page(f"{receiver.address}/hooks/duty", 1, "1842"))

    [taken] = receiver.taken
    keys = MappingKeyResolver(public_keys={KEY.id: KEY.private.public_key()}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=keys)
    [found] = verifier.verify(taken, expect_tag=TAG, body=taken.body)
    assert found.body == taken.body


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_page_that_was_not_taken_is_told(receiver: Listener, status: int) -> None:
    receiver.status = status

    with pytest.raises(Unavailable):
        pager().send(Page(receiver.address, 1, "1842"))

    assert len(receiver.taken) == 1


def test_a_receiver_that_keeps_silent_is_told(receiver: Listener) -> None:
    receiver.late_seconds = 1.5

    with pytest.raises(Unavailable):
        pager(limits=Limits(total_seconds=0.5)).send(Page(receiver.address, 1, "1842"))


def test_a_private_address_needs_to_be_allowed(receiver: Listener) -> None:
    with pytest.raises(Unavailable, match="https://"):
        pager(allow_private=False).send(Page(receiver.address, 1, "1842"))

    assert receiver.taken == []
