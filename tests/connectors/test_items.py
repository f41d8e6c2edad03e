"""What people paste when they mean a message, a room or a file on Matrix."""

import pytest

from safeconduct.connectors.synapse import items, power
from safeconduct.kernel.errors import Refused

pytestmark = pytest.mark.one_database
EVENT = "$TVD5ETBUTQ2YFLWj5HstxRYiNMGH9ycK196rcmchqxA"


@pytest.mark.parametrize(
    "pasted",
    [
        EVENT,
        f"  {EVENT}\n",
        f"https://matrix.to/#/!room:example.org/{EVENT}?via=example.org",
        f"https://matrix.to/#/%21room%3Aexample.org/%24{EVENT[1:]}?via=example.org",
        f"matrix:roomid/room:example.org/e/{EVENT[1:]}?via=example.org",
        f"https://app.example/#/room/#garden:example.org/{EVENT}",
    ],
)
def test_a_message_is_understood_however_it_is_pasted(pasted: str) -> None:
    assert items.event_id(pasted) == EVENT


def test_words_that_name_no_message_are_refused() -> None:
    with pytest.raises(Refused, match="dollar sign"):
        items.event_id("the one from yesterday")


@pytest.mark.parametrize(
    ("levels", "restricted"),
    [
        ({}, False),
        ({"events_default": 50}, True),
        ({"events_default": "50"}, True),
        ({"events_default": 50, "events": {"m.reaction": 0}}, False),
        ({"events_default": 0, "events": {"m.room.message": 100}}, False),
    ],
)
def test_a_room_is_restricted_only_if_nothing_can_be_written(levels: dict[str, object], *, restricted: bool) -> None:
    assert power.is_restricted(levels) is restricted
