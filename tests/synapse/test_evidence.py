"""What is kept of a message on a real homeserver, and what is said of it where it is ciphertext."""

import hashlib
import json

import pytest

from safeconduct.connectors.incoming import ShowsItems
from safeconduct.kernel.errors import Refused
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import Matrix

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]
SEALED = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEnACgAkLmt6q", "session_id": "s", "device_id": "D"}


def test_a_message_is_kept_signed_with_what_was_said_around_it_and_who_reported_it(
    matrix: Matrix, troll: SignedIn
) -> None:
    room = matrix.room_of(matrix.amina, troll)
    matrix.says(matrix.amina, room, "Good morning.")
    said = matrix.says(troll, room, "We know the blue door.")
    matrix.says(troll, room, "See you at six.")
    matrix.flags(matrix.amina, room, said, "He knows where I live.")

    snapshot = matrix.connector.item(said)

    kept = json.loads(snapshot.content)["item"]
    assert isinstance(matrix.connector, ShowsItems)
    assert kept["event"]["content"]["body"] == "We know the blue door."
    assert kept["event"]["signatures"]["platform.test"]
    assert "Good morning." in [event["content"].get("body") for event in kept["before"]]
    assert "See you at six." in [event["content"].get("body") for event in kept["after"]]
    assert [report["reason"] for report in kept["reports"]] == ["He knows where I live."]
    assert snapshot.sha256 == hashlib.sha256(snapshot.content).hexdigest()
    assert not snapshot.ciphertext_only


def test_a_message_of_an_encrypted_room_is_called_ciphertext_and_says_whom_to_ask_for_a_copy(
    matrix: Matrix, troll: SignedIn
) -> None:
    room = matrix.room_of(matrix.amina, troll, encrypted=True)
    said = matrix.says(troll, room, "sealed", **SEALED)

    snapshot = matrix.connector.item(said)

    assert snapshot.ciphertext_only
    assert "ciphertext only" in snapshot.note
    assert "Ask whoever reported it for a copy." in snapshot.note


def test_an_account_of_which_only_sealed_messages_were_reported_has_ciphertext_only(
    matrix: Matrix, troll: SignedIn
) -> None:
    room = matrix.room_of(matrix.amina, troll, encrypted=True)
    matrix.flags(matrix.amina, room, matrix.says(troll, room, "sealed", **SEALED), "A threat.")

    assert matrix.connector.snapshot(troll.name).ciphertext_only
    assert not matrix.connector.snapshot(matrix.amina.name).ciphertext_only


def test_what_is_known_of_a_room_and_of_a_file_can_be_kept(matrix: Matrix) -> None:
    room, picture = matrix.room_of(matrix.amina), matrix.uploads(matrix.amina)

    kept = [json.loads(matrix.connector.item(item).content)["item"] for item in (room, picture)]

    assert kept[0]["room"]["creator"] == matrix.amina.name
    assert kept[1]["files"][0]["media_info"]["user_id"] == matrix.amina.name


def test_a_message_nobody_knows_is_refused(matrix: Matrix) -> None:
    with pytest.raises(Refused):
        matrix.connector.item("$nobody-wrote-this")


def test_of_an_account_elsewhere_what_was_reported_here_is_kept(matrix: Matrix) -> None:
    snapshot = matrix.connector.snapshot("@troll:elsewhere.test")

    assert json.loads(snapshot.content) == {"account": "@troll:elsewhere.test", "reports": []}
