"""Pages into a chat room: a neutral sentence, a link that opens nothing by itself, and told when it was not taken."""

import json
from collections.abc import Iterator

import pytest

from safeconduct.connectors.pagers.chat import ChatPager
from safeconduct.connectors.paging import Page
from safeconduct.kernel.errors import Unavailable
from tests.connectors.listener import Listener, listening

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
CALLS = "https://reports.example/console/calls"


@pytest.fixture
def room() -> Iterator[Listener]:
    with listening() as running:
        yield running


def test_a_page_says_only_that_something_is_waiting_and_where_to_say_that_one_has_it(room: Listener) -> None:
    ChatPager(CALLS, allow_private=True).send(Page(f"{room.address}/services/T0/B0/secret", 2, "184200"))

    [taken] = room.taken
    assert taken.path == "/services/T0/B0/secret"
    said = {"text": f"Something is waiting. The number of this call is 184200. {CALLS}", "unfurl_links": False}
    assert json.loads(taken.body) == said


def test_without_an_address_of_ours_there_is_no_link(room: Listener) -> None:
    ChatPager(allow_private=True).send(Page(room.address, 0, "184200"))

    assert json.loads(room.taken[0].body)["text"] == "Something is waiting. The number of this call is 184200."


@pytest.mark.parametrize(("status", "body"), [(404, b"no_team"), (429, b""), (301, b""), (200, b'{"ok": false}')])
def test_a_page_that_was_not_taken_is_told(room: Listener, status: int, body: bytes) -> None:
    room.status, room.body = status, body

    with pytest.raises(Unavailable):
        ChatPager(CALLS, allow_private=True).send(Page(room.address, 1, "184200"))

    assert len(room.taken) == 1


def test_a_private_address_needs_to_be_allowed(room: Listener) -> None:
    with pytest.raises(Unavailable, match="https://"):
        ChatPager(CALLS).send(Page(room.address, 1, "184200"))

    assert room.taken == []
