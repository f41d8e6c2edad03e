"""The Synapse connector on a real homeserver. What counts is what the homeserver itself says afterwards."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from safeconduct.connectors.outside import Limits
from safeconduct.connectors.port import ActKind, ActOrder, ActRecord, Capability, Connector, Result
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from tests.synapse.matrix import PASSWORD, Matrix

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]
WORDS = "Your account was locked at your wish. Was it not you? Answer here to contest it."


def order(matrix: Matrix, act: ActKind, **more: object) -> ActOrder:
    return ActOrder(**{"act": act, "handle": matrix.amina.name, "key": uuid4(), **more})


def perform(matrix: Matrix, act: ActKind, **more: object) -> ActRecord:
    return matrix.connector.perform(order(matrix, act, **more))


def test_the_connector_speaks_the_port_and_says_what_it_can_do(matrix: Matrix) -> None:
    assert isinstance(matrix.connector, Connector)
    assert matrix.connector.capabilities().offered == {
        Capability.EVIDENCE_SNAPSHOT,
        Capability.REPORTS_PULL,
        Capability.SESSIONS_LIST,
        Capability.SESSION_END,
        Capability.SESSIONS_REVOKE,
        Capability.CREDENTIALS_RESET,
        Capability.ACCOUNT_LOCK,
        Capability.ACCOUNT_UNLOCK,
        Capability.ACCOUNT_SUSPEND,
        Capability.ACCOUNT_SUSPEND_UNTIL,
        Capability.ACCOUNT_REINSTATE,
        Capability.ACCOUNT_DEACTIVATE,
        Capability.ACCOUNT_REACTIVATE,
        Capability.CONTENT_DISABLE,
        Capability.CONTENT_RESTORE,
        Capability.CONTENT_REMOVE,
        Capability.INTERACTION_RESTRICT,
        Capability.INTERACTION_REOPEN,
        Capability.NOTICE_SEND,
    }


def test_a_locked_account_is_refused_by_the_homeserver_and_opens_again_when_undone(matrix: Matrix) -> None:
    locked = perform(matrix, ActKind.ACCOUNT_LOCK)
    while_locked = [matrix.homeserver.whoami(who) for who in (matrix.amina, matrix.stranger)]
    undone = matrix.connector.undo(order(matrix, ActKind.ACCOUNT_LOCK))

    assert locked.result is undone.result is Result.DONE_AND_CHECKED
    assert locked.undo is ActKind.ACCOUNT_UNLOCK
    assert while_locked == [(401, "M_USER_LOCKED")] * 2
    assert matrix.homeserver.whoami(matrix.amina) == (200, "")


def test_a_locked_account_cannot_be_signed_in_to(matrix: Matrix) -> None:
    perform(matrix, ActKind.ACCOUNT_LOCK)

    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": matrix.amina.name},
        "password": PASSWORD,
    }
    assert matrix.homeserver.ask("POST", "_matrix/client/v3/login", body=body).status_code in {401, 403}


def test_sessions_behind_a_lock_are_said_to_be_still_there(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.ACCOUNT_LOCK)

    lines = [str(line) for line in record.residual]
    assert "Devices that stay signed in behind the lock: 2. They work again once it is unlocked." in lines


def test_ended_sessions_are_dead_and_the_homeserver_lists_none(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.SESSIONS_REVOKE)

    path = f"_synapse/admin/v2/users/{matrix.amina.name}/devices"
    assert record.result is Result.DONE_AND_CHECKED
    assert [str(line) for line in record.changed] == ["Signed-in devices that were ended: 2."]
    assert [matrix.homeserver.whoami(who) for who in (matrix.amina, matrix.stranger)] == [(401, "M_UNKNOWN_TOKEN")] * 2
    assert matrix.homeserver.ask("GET", path, matrix.administrator.token).json()["total"] == 0


def test_ending_sessions_of_a_locked_account_works(matrix: Matrix) -> None:
    perform(matrix, ActKind.ACCOUNT_LOCK)

    assert perform(matrix, ActKind.SESSIONS_REVOKE).result is Result.DONE_AND_CHECKED
    assert matrix.connector.account(matrix.amina.name).sessions == ()


def test_a_notice_arrives_once_however_often_it_is_ordered(matrix: Matrix) -> None:
    notice = order(matrix, ActKind.NOTICE_SEND, words=WORDS)

    first, second = matrix.connector.perform(notice), matrix.connector.perform(notice)

    sync = matrix.homeserver.ask("GET", "_matrix/client/v3/sync", matrix.amina.token).json()
    rooms = sync["rooms"]["join"].values()
    bodies = [event["content"].get("body") for room in rooms for event in room["timeline"]["events"]]
    assert first.result is second.result is Result.DONE_AND_CHECKED
    assert first.platform_ref == second.platform_ref
    assert bodies.count(WORDS) == 1


def test_a_notice_can_be_put_into_a_locked_account(matrix: Matrix) -> None:
    perform(matrix, ActKind.ACCOUNT_LOCK)

    assert perform(matrix, ActKind.NOTICE_SEND, words=WORDS).result is Result.DONE_AND_CHECKED


def test_locking_an_account_that_is_not_there_does_not_make_one(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.ACCOUNT_LOCK, handle="@nobody:platform.test")

    answer = matrix.homeserver.ask("GET", "_synapse/admin/v2/users/@nobody:platform.test", matrix.administrator.token)
    assert record.result is Result.NOT_DONE
    assert answer.status_code == 404


def test_evidence_holds_the_devices_before_they_were_ended(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.SESSIONS_REVOKE)

    assert record.evidence is not None
    kept = json.loads(record.evidence.content)
    assert {device["device_id"] for device in kept["devices"]} == {matrix.amina.device, matrix.stranger.device}
    assert "ciphertext" in record.evidence.note


def test_evidence_holds_what_was_reported_about_the_account(matrix: Matrix) -> None:
    ask, token = matrix.homeserver.ask, matrix.amina.token
    room = ask("POST", "_matrix/client/v3/createRoom", token, {}).json()["room_id"]
    said = ask("PUT", f"_matrix/client/v3/rooms/{room}/send/m.room.message/1", token,
               {"msgtype": "m.text", "body": "We know the blue door."}).json()["event_id"]  # fmt: skip
    ask("POST", f"_matrix/client/v3/rooms/{room}/report/{said}", token, {"reason": "A threat."}).raise_for_status()

    snapshot = matrix.connector.snapshot(matrix.amina.name)

    [report] = json.loads(snapshot.content)["reports"]
    assert report["event_json"]["content"]["body"] == "We know the blue door."


def test_the_cost_of_ending_sessions_tells_whether_the_encrypted_history_comes_back(matrix: Matrix) -> None:
    without = matrix.connector.cost(ActKind.SESSIONS_REVOKE, matrix.amina.name)
    matrix.set_up_key_backup(matrix.amina)
    backed_up = matrix.connector.cost(ActKind.SESSIONS_REVOKE, matrix.amina.name)

    assert [str(line) for line in without.lost] == [
        "Every device is signed out. Devices signed in now: 2.",
        "No key backup is set up. Encrypted messages can never be read again once their devices are signed out.",
    ]
    assert str(backed_up.lost[1]).startswith("A key backup is set up. Whoever has its recovery key can read")


def test_a_trial_run_changes_nothing(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.ACCOUNT_LOCK, dry_run=True)

    assert record.result is Result.TRIAL
    assert matrix.homeserver.whoami(matrix.amina) == (200, "")


def test_a_lock_that_ends_by_itself_is_not_promised(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.ACCOUNT_LOCK, until=clock.now() + timedelta(hours=72))

    assert record.result is Result.NOT_DONE
    assert str(record.sentence) == "This platform cannot end a lock by itself."


def test_a_short_handle_is_the_same_account(matrix: Matrix) -> None:
    short = matrix.amina.name.removeprefix("@").partition(":")[0]

    assert matrix.connector.account(short).exists
    assert matrix.connector.account(f"@{short}").exists


def test_a_token_without_rights_does_nothing_and_says_so(matrix: Matrix) -> None:
    powerless = matrix.connector_as(matrix.stranger.token)

    record = powerless.perform(order(matrix, ActKind.ACCOUNT_LOCK))

    assert record.result is Result.NOT_DONE
    assert matrix.homeserver.whoami(matrix.amina) == (200, "")
    with pytest.raises(Unavailable, match="administrator"):
        powerless.capabilities()


def test_a_homeserver_that_hangs_is_not_said_to_have_done_it(matrix: Matrix) -> None:
    impatient = replace(matrix.connector.homeserver, limits=Limits(total_seconds=1))

    with matrix.homeserver.frozen():
        record = SynapseConnector("matrix", "Platform Test", impatient).perform(order(matrix, ActKind.ACCOUNT_LOCK))

    assert record.result is Result.NOT_DONE
    assert matrix.homeserver.whoami(matrix.amina) == (200, "")


def test_a_homeserver_that_is_down_changes_nothing(matrix: Matrix) -> None:
    gone = replace(matrix.connector.homeserver, base="http://127.0.0.1:9")

    assert (
        SynapseConnector("matrix", "Gone", gone).perform(order(matrix, ActKind.ACCOUNT_LOCK)).result is Result.NOT_DONE
    )
