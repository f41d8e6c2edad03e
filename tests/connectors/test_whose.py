"""Whose a message, a file or a place is: read from the platform, and left open where it does not tell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest

from demoplatform.contract import reading
from safeconduct.connectors.http_contract.conformance import Mark, examine
from safeconduct.connectors.incoming import TellsWhose
from safeconduct.connectors.port import ActKind, ActOrder, ItemSeen
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.connectors.synapse.whose import whose
from safeconduct.kernel.errors import Refused
from tests.juniper import Juniper, juniper_square

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
TROLL, AMINA = "@troll:platform.test", "@amina:platform.test"
PICTURE, EVENT, ROOM = "mxc://platform.test/p1", "$said", "!square:platform.test"


@pytest.fixture
def juniper(tmp_path: Path) -> Iterator[Juniper]:
    with juniper_square(tmp_path) as running:
        yield running


def order(act: ActKind, handle: str, item: str) -> ActOrder:
    return ActOrder(act, handle, uuid4(), item=item)


def test_a_platform_behind_the_contract_says_who_wrote_a_post(juniper: Juniper) -> None:
    seen = juniper.connector.whose(order(ActKind.CONTENT_DISABLE, "@hammer_of_truth", "http://x/@amina#p-1003"))

    assert seen is not None
    assert (seen.authors, seen.of_account) == (("amina",), False)
    assert seen.words


def test_a_platform_behind_the_contract_that_leaves_it_out_is_not_guessed_for(
    juniper: Juniper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "effect", lambda *_: {"shows": False})

    assert juniper.connector.whose(order(ActKind.CONTENT_DISABLE, "amina", "p-1003")) is None


def test_the_conformance_test_says_when_a_platform_does_not_tell_whose_a_post_is(
    juniper: Juniper, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = examine(juniper.line, pause=lambda _: None)
    monkeypatch.setattr(reading, "effect", lambda *_: {"shows": False})
    untold = examine(juniper.line, pause=lambda _: None)

    marks = [next(row.mark for row in report.rows if row.name == "whose") for report in (told, untold)]
    assert marks == [Mark.SHOWN, Mark.NOT_SEEN]


class Homeserver:
    """Answers as a homeserver's administration does, from what a test puts there."""

    def __init__(self, **known: dict[str, Any]) -> None:
        self.known: dict[str, dict[str, Any]] = {
            "fetch_event": {"event": {"sender": TROLL, "content": {"msgtype": "m.image", "body": "x", "url": PICTURE}}},
            "media": {"media_info": {"user_id": TROLL}},
            "rooms": {"creator": AMINA, "name": "The square"},
        }
        self.known |= known

    def call(self, method: str, path: str) -> dict[str, Any]:
        assert method == "GET"
        return self.known[next(part for part in unquote(path).split("/") if part in self.known)]


def seen(act: ActKind, item: str, **known: dict[str, Any]) -> ItemSeen | None:
    return whose(Homeserver(**known), order(act, TROLL, item), TROLL)  # type: ignore[arg-type] # only `call` is used


def test_a_homeserver_says_who_sent_a_message() -> None:
    hers = {"event": {"sender": AMINA, "content": {"body": "I am here."}}}

    assert seen(ActKind.CONTENT_REMOVE, EVENT) == ItemSeen((TROLL,), of_account=True, words="x")
    assert seen(ActKind.CONTENT_REMOVE, EVENT, fetch_event=hers) == ItemSeen(
        (AMINA,), of_account=False, words="I am here."
    )


def test_a_picture_that_somebody_else_uploaded_is_not_the_senders() -> None:
    told = seen(ActKind.CONTENT_DISABLE, EVENT, media={"media_info": {"user_id": AMINA}})

    assert told is not None
    assert (set(told.authors), told.of_account) == ({TROLL, AMINA}, False)


def test_a_file_of_which_the_homeserver_does_not_know_the_sender_is_nobodys() -> None:
    elsewhere = {"media_info": {"user_id": None}}

    assert seen(ActKind.CONTENT_DISABLE, "mxc://other.test/p2", media=elsewhere) is None
    assert seen(ActKind.CONTENT_DISABLE, PICTURE) == ItemSeen((TROLL,), of_account=True)


def test_a_room_is_of_whoever_made_it() -> None:
    assert seen(ActKind.INTERACTION_RESTRICT, ROOM) == ItemSeen((AMINA,), of_account=False, words="The square")
    assert seen(ActKind.INTERACTION_RESTRICT, ROOM, rooms={"creator": ""}) is None


def test_what_names_no_message_is_refused_with_what_to_give() -> None:
    with pytest.raises(Refused, match="dollar sign"):
        seen(ActKind.CONTENT_REMOVE, "the one from yesterday")


def test_both_ways_to_a_platform_tell_whose_a_thing_is(juniper: Juniper) -> None:
    assert isinstance(juniper.connector, TellsWhose)
    assert hasattr(SynapseConnector, "whose")
