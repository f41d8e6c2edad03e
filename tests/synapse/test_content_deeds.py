"""Acts on what was written, uploaded and where: remove, hide a file, restrict a room; on a real homeserver."""

import json
from uuid import uuid4

import pytest

from safeconduct.connectors import wording
from safeconduct.connectors.port import ActKind, ActOrder, ActRecord, Result
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import Matrix

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]
THREAT = "We know the blue door."


def perform(matrix: Matrix, act: ActKind, handle: str, **more: object) -> ActRecord:
    return matrix.connector.perform(ActOrder(**{"act": act, "handle": handle, "key": uuid4(), **more}))


def test_a_removed_message_is_empty_for_everyone_and_its_words_are_kept_as_evidence(
    matrix: Matrix, troll: SignedIn
) -> None:
    room = matrix.room_of(matrix.amina, troll)
    said = matrix.says(troll, room, THREAT)

    record = perform(matrix, ActKind.CONTENT_REMOVE, troll.name, item=f"https://matrix.to/#/{room}/{said}")

    assert record.result is Result.DONE_AND_CHECKED
    assert matrix.shown(matrix.amina, room, said) == {}
    assert record.evidence is not None
    kept = json.loads(record.evidence.content)["item"]
    assert kept["event"]["content"]["body"] == THREAT
    assert kept["event"]["signatures"]
    assert record.undo is None
    assert {"Our account joined the room to do this. People there can see that.", str(wording.COPIES)} <= {
        str(line) for line in record.residual
    }


def test_our_account_leaves_the_room_again(matrix: Matrix, troll: SignedIn) -> None:
    room = matrix.room_of(matrix.amina, troll)

    perform(matrix, ActKind.CONTENT_REMOVE, troll.name, item=matrix.says(troll, room, THREAT))

    joined = matrix.asked("GET", f"_matrix/client/v3/rooms/{room}/joined_members", matrix.amina)["joined"]
    assert set(joined) == {matrix.amina.name, troll.name}


def test_a_message_removed_already_is_said_to_be(matrix: Matrix, troll: SignedIn) -> None:
    said = matrix.says(troll, matrix.room_of(matrix.amina, troll), THREAT)
    perform(matrix, ActKind.CONTENT_REMOVE, troll.name, item=said)

    assert perform(matrix, ActKind.CONTENT_REMOVE, troll.name, item=said).sentence == wording.ALREADY


def test_a_message_of_somebody_else_is_not_removed(matrix: Matrix, troll: SignedIn) -> None:
    room = matrix.room_of(matrix.amina, troll)
    said = matrix.says(matrix.amina, room, "I am here.")

    record = perform(matrix, ActKind.CONTENT_REMOVE, troll.name, item=said)

    assert record.result is Result.NOT_DONE
    assert "Another account wrote this message" in str(record.sentence)
    assert matrix.shown(matrix.amina, room, said)["body"] == "I am here."


def test_a_removed_message_cannot_be_brought_back(matrix: Matrix) -> None:
    record = matrix.connector.undo(ActOrder(ActKind.CONTENT_REMOVE, matrix.amina.name, uuid4(), item="$x"))

    assert record.sentence == wording.GONE


def test_a_message_is_removed_only_for_good_so_hiding_it_is_refused(matrix: Matrix, troll: SignedIn) -> None:
    said = matrix.says(troll, matrix.room_of(matrix.amina, troll), THREAT)

    record = perform(matrix, ActKind.CONTENT_DISABLE, troll.name, item=said)

    assert record.result is Result.NOT_DONE
    assert "A message can only be removed." in str(record.sentence)


def test_a_picture_is_hidden_and_shown_again(matrix: Matrix, troll: SignedIn) -> None:
    room, picture = matrix.room_of(matrix.amina, troll), matrix.uploads(troll)
    said = matrix.says(troll, room, "a.png", msgtype="m.image", url=picture)

    hidden = perform(matrix, ActKind.CONTENT_DISABLE, troll.name, item=said)
    while_hidden = matrix.can_load(matrix.amina, picture)
    shown = matrix.connector.undo(ActOrder(ActKind.CONTENT_DISABLE, troll.name, uuid4(), item=said))

    assert hidden.result is shown.result is Result.DONE_AND_CHECKED
    assert not while_hidden
    assert matrix.can_load(matrix.amina, picture)


def test_a_restricted_room_takes_words_from_moderators_only_until_it_is_reopened(
    matrix: Matrix, troll: SignedIn
) -> None:
    room = matrix.room_of(matrix.amina, troll)
    order = ActOrder(ActKind.INTERACTION_RESTRICT, matrix.amina.name, uuid4(), item=room)

    restricted = matrix.connector.perform(order)
    while_restricted = (matrix.may_write(matrix.amina, room), matrix.may_write(troll, room))
    reopened = matrix.connector.undo(order)

    assert restricted.result is reopened.result is Result.DONE_AND_CHECKED
    assert while_restricted == (True, False)
    assert matrix.may_write(troll, room)


def test_reopening_puts_back_the_rules_from_before(matrix: Matrix, troll: SignedIn) -> None:
    room = matrix.room_of(matrix.amina, troll)
    path = f"_matrix/client/v3/rooms/{room}/state/m.room.power_levels"
    before = matrix.asked("GET", path, matrix.amina)
    before = {**before, "events_default": 5, "events": {**before["events"], "m.reaction": 0}}
    matrix.asked("PUT", path, matrix.amina, before)
    order = ActOrder(ActKind.INTERACTION_RESTRICT, matrix.amina.name, uuid4(), item=room)

    matrix.connector.perform(order)
    matrix.connector.undo(order)

    after = matrix.asked("GET", path, matrix.amina)
    assert (after["events_default"], after["events"]) == (5, before["events"])


@pytest.mark.parametrize("act", [ActKind.CONTENT_REMOVE, ActKind.INTERACTION_RESTRICT])
def test_a_trial_run_touches_no_room(matrix: Matrix, troll: SignedIn, act: ActKind) -> None:
    room = matrix.room_of(matrix.amina, troll)
    said = matrix.says(troll, room, THREAT)

    record = perform(matrix, act, troll.name, item=said, dry_run=True)

    assert record.result is Result.TRIAL
    assert matrix.shown(matrix.amina, room, said)["body"] == THREAT
    assert matrix.may_write(troll, room)


def test_an_item_that_names_nothing_is_refused_with_what_to_give(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.CONTENT_REMOVE, matrix.amina.name, item="that awful message")

    assert record.result is Result.NOT_DONE
    assert "begins with a dollar sign" in str(record.sentence)


def test_what_somebody_elsewhere_wrote_here_can_be_acted_on(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.INTERACTION_RESTRICT, "@troll:elsewhere.test", item=matrix.room_of(matrix.amina))

    assert record.result is Result.DONE_AND_CHECKED
    assert record.evidence is not None
