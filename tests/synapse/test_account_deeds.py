"""Acts on accounts, on a real homeserver: suspend with an end, close and open, one session, a new password."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest

from safeconduct.connectors import wording
from safeconduct.connectors.port import ActKind, ActOrder, ActRecord, Fact, Result
from safeconduct.kernel import clock
from tests.synapse.matrix import PASSWORD, Matrix

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]
NEW = "thistle-harbour-cobble-91"


def perform(matrix: Matrix, act: ActKind, **more: object) -> ActRecord:
    return matrix.connector.perform(ActOrder(**{"act": act, "handle": matrix.amina.name, "key": uuid4(), **more}))


def undo(matrix: Matrix, act: ActKind) -> ActRecord:
    return matrix.connector.undo(ActOrder(act=act, handle=matrix.amina.name, key=uuid4()))


def test_a_suspended_account_reads_and_cannot_write_until_it_is_reinstated(matrix: Matrix) -> None:
    room = matrix.room_of(matrix.amina)

    suspended = perform(matrix, ActKind.ACCOUNT_SUSPEND)
    while_suspended = (matrix.homeserver.whoami(matrix.amina), matrix.may_write(matrix.amina, room))
    undone = undo(matrix, ActKind.ACCOUNT_SUSPEND)

    assert suspended.result is undone.result is Result.DONE_AND_CHECKED
    assert while_suspended == ((200, ""), False)
    assert matrix.may_write(matrix.amina, room)


def test_a_suspension_ends_when_it_was_to_end_and_not_before(matrix: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    end = clock.now() + timedelta(hours=72)

    record = perform(matrix, ActKind.ACCOUNT_SUSPEND, until=end)
    shown = matrix.connector.account(matrix.amina.name).suspended_until
    early = matrix.connector.end_what_is_over(lambda: None)
    monkeypatch.setattr(clock, "now", lambda: end + timedelta(minutes=1))
    late = matrix.connector.end_what_is_over(lambda: None)

    assert record.result is Result.DONE_AND_CHECKED
    assert "this service does" in " ".join(map(str, record.residual))
    assert shown is not None
    assert abs(shown - end) < timedelta(seconds=2)
    assert (early, late) == (0, 1)
    assert matrix.connector.account(matrix.amina.name).facts[Fact.SUSPENDED] is False


def test_a_later_suspension_without_an_end_takes_the_end_away(matrix: Matrix) -> None:
    perform(matrix, ActKind.ACCOUNT_SUSPEND, until=clock.now() + timedelta(hours=1))

    record = perform(matrix, ActKind.ACCOUNT_SUSPEND)

    assert record.result is Result.DONE_AND_CHECKED
    assert matrix.connector.account(matrix.amina.name).suspended_until is None
    undo(matrix, ActKind.ACCOUNT_SUSPEND)


def test_a_closed_account_opens_again_and_what_is_lost_is_said(matrix: Matrix) -> None:
    wait_until_the_new_database_is_ready(matrix)

    closed = perform(matrix, ActKind.ACCOUNT_DEACTIVATE)
    while_closed = matrix.can_sign_in(matrix.amina, PASSWORD)
    opened = undo(matrix, ActKind.ACCOUNT_DEACTIVATE)

    assert closed.result is opened.result is Result.DONE_AND_CHECKED
    assert not while_closed
    assert any("do not come back" in str(line) for line in closed.residual)
    assert any("has no password now" in str(line) for line in opened.residual)


def wait_until_the_new_database_is_ready(matrix: Matrix) -> None:
    """Wait for the work that a homeserver does on a database made a moment ago; opening an account needs it."""
    for _again in range(200):
        if not matrix.asked("GET", "_synapse/admin/v1/background_updates/status", matrix.administrator)[
            "current_updates"
        ]:
            return
        time.sleep(0.1)


def test_one_session_ends_and_the_other_stays(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.SESSION_END, item=matrix.stranger.device)

    assert record.result is Result.DONE_AND_CHECKED
    assert matrix.homeserver.whoami(matrix.stranger) == (401, "M_UNKNOWN_TOKEN")
    assert matrix.homeserver.whoami(matrix.amina) == (200, "")


def test_a_session_that_is_not_there_had_ended_already(matrix: Matrix) -> None:
    assert perform(matrix, ActKind.SESSION_END, item="NOSUCHDEVICE").sentence == wording.ALREADY


def test_a_password_is_replaced_only_with_a_recorded_way_back(matrix: Matrix) -> None:
    refused = perform(matrix, ActKind.CREDENTIALS_RESET, words=NEW)

    assert refused.result is Result.NOT_DONE
    assert refused.sentence == wording.NO_RECORDED_WAY
    assert matrix.can_sign_in(matrix.amina, PASSWORD)


def test_a_replaced_password_opens_the_account_and_the_old_one_does_not(matrix: Matrix) -> None:
    record = perform(matrix, ActKind.CREDENTIALS_RESET, words=NEW, way_back="I called the number from 2024.")

    assert record.result is Result.DONE_AND_CHECKED
    assert NEW not in repr(record)
    assert matrix.connector.account(matrix.amina.name).sessions == ()
    assert matrix.homeserver.whoami(matrix.stranger) == (401, "M_UNKNOWN_TOKEN")
    assert matrix.can_sign_in(matrix.amina, NEW)
    assert not matrix.can_sign_in(matrix.amina, PASSWORD)


def test_the_same_reset_given_again_throws_nobody_out(matrix: Matrix) -> None:
    way = {"words": NEW, "way_back": "I called the number from 2024."}
    perform(matrix, ActKind.CREDENTIALS_RESET, **way)
    back = matrix.homeserver.sign_in(matrix.amina.name, NEW, "Amina's phone")

    again = perform(matrix, ActKind.CREDENTIALS_RESET, **way)

    assert again.sentence == wording.ALREADY
    assert matrix.homeserver.whoami(back) == (200, "")


def test_a_locked_accounts_password_can_be_replaced_and_seen(matrix: Matrix) -> None:
    perform(matrix, ActKind.ACCOUNT_LOCK)

    record = perform(matrix, ActKind.CREDENTIALS_RESET, words=NEW, way_back="She stood before me.")

    assert record.result is Result.DONE_AND_CHECKED
    assert matrix.connector.account(matrix.amina.name).locked


@pytest.mark.parametrize("act", [ActKind.ACCOUNT_SUSPEND, ActKind.ACCOUNT_DEACTIVATE, ActKind.SESSION_END])
def test_a_trial_run_of_it_changes_nothing(matrix: Matrix, act: ActKind) -> None:
    item = matrix.stranger.device if act is ActKind.SESSION_END else ""

    record = perform(matrix, act, item=item, dry_run=True)

    assert record.result is Result.TRIAL
    assert matrix.may_write(matrix.amina, matrix.room_of(matrix.amina))
    assert matrix.homeserver.whoami(matrix.stranger) == (200, "")


@pytest.mark.parametrize("act", [ActKind.ACCOUNT_LOCK, ActKind.ACCOUNT_SUSPEND, ActKind.NOTICE_SEND])
def test_an_account_of_another_homeserver_is_said_to_be_out_of_reach(matrix: Matrix, act: ActKind) -> None:
    record = perform(matrix, act, handle="@troll:elsewhere.test", words="A word.")
    cost = matrix.connector.cost(act, "@troll:elsewhere.test")

    assert record.result is Result.NOT_DONE
    assert "belongs to another homeserver" in str(record.sentence)
    assert "belongs to another homeserver" in str(cost.why_not)


@pytest.mark.parametrize("act", [ActKind.ACCOUNT_DEACTIVATE, ActKind.ACCOUNT_LOCK, ActKind.ACCOUNT_SUSPEND])
def test_nothing_is_done_to_the_account_with_which_we_act(matrix: Matrix, act: ActKind) -> None:
    ours = matrix.connector.own_name()

    for name in (ours, ours.upper(), ours.partition(":")[0].removeprefix("@")):
        record = matrix.connector.perform(ActOrder(act, name, uuid4()))
        assert record.result is Result.NOT_DONE
        assert not matrix.connector.cost(act, name).possible

    assert matrix.connector.own_name() == ours
