"""Every act on the demonstration platform, over the signed contract and a real socket."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from demoplatform.contract.reading import ACTS as OFFERED
from safeconduct.connectors import recording
from safeconduct.connectors.port import EFFECTS, UNDONE_BY, ActKind, ActOrder, Connector, Fact, Result
from safeconduct.kernel import clock
from tests.juniper import Juniper

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
KEY = UUID("6f2f7d1e-58b5-4b1a-9a57-0d8f6f5a0001")


def order(act: ActKind, **more: object) -> ActOrder:
    return ActOrder(**{"act": act, "handle": "amina", "key": uuid4(), **more})


def test_the_connector_speaks_the_port(juniper: Juniper) -> None:
    assert isinstance(juniper.connector, Connector)


@pytest.mark.parametrize("act", [act for act in EFFECTS if EFFECTS[act][1] and act.value in OFFERED])
def test_an_act_is_done_read_back_and_can_be_undone(juniper: Juniper, act: ActKind) -> None:
    fact, _ = EFFECTS[act]

    done = juniper.connector.perform(order(act))

    assert done.result is Result.DONE_AND_CHECKED
    assert done.read_back_at is not None
    assert done.changed
    assert juniper.connector.account("amina").facts[fact] is True
    if act in UNDONE_BY:
        undone = juniper.connector.undo(order(act))
        assert undone.result is Result.DONE_AND_CHECKED
        assert juniper.connector.account("amina").facts[fact] is False


def test_evidence_is_kept_before_the_act(juniper: Juniper) -> None:
    record = juniper.connector.perform(order(ActKind.SESSIONS_REVOKE))

    assert record.evidence is not None
    assert record.evidence_id == record.evidence.sha256
    assert b"stranger-desktop" in record.evidence.content


def test_ending_sessions_says_how_many_and_what_is_still_open(juniper: Juniper) -> None:
    record = juniper.connector.perform(order(ActKind.SESSIONS_REVOKE))

    assert [str(line) for line in record.changed] == ["Signed-in devices that were ended: 3."]
    assert [str(line) for line in record.residual] == [
        "Someone who knows the password can sign in again until the account is locked.",
        "Connected apps still have access: 2.",
    ]
    assert not record.reversible


def test_the_same_key_is_done_once(juniper: Juniper) -> None:
    notice = order(ActKind.NOTICE_SEND, key=KEY, words="Your number is 118 204.")

    first, second = juniper.connector.perform(notice), juniper.connector.perform(notice)

    assert first.result is second.result is Result.DONE_AND_CHECKED
    assert first.platform_ref == second.platform_ref


def test_the_same_key_with_other_words_is_refused(juniper: Juniper) -> None:
    juniper.connector.perform(order(ActKind.NOTICE_SEND, key=KEY, words="One."))

    record = juniper.connector.perform(order(ActKind.NOTICE_SEND, key=KEY, words="Another."))

    assert record.result is Result.NOT_DONE
    assert str(record.sentence) == "The platform refused. It says: This key was used for another order."


def test_a_trial_run_changes_nothing(juniper: Juniper) -> None:
    before = juniper.connector.account("amina")

    record = juniper.connector.perform(order(ActKind.ACCOUNT_LOCK, dry_run=True))

    assert record.result is Result.TRIAL
    assert record.evidence is None
    assert juniper.connector.account("amina").facts == before.facts


def test_what_is_already_so_is_said_to_be_so(juniper: Juniper) -> None:
    juniper.connector.perform(order(ActKind.ACCOUNT_LOCK))

    record = juniper.connector.perform(order(ActKind.ACCOUNT_LOCK))

    assert record.result is Result.DONE_AND_CHECKED
    assert record.changed == ()
    assert "already" in str(record.sentence)


def test_an_unknown_account_is_not_touched(juniper: Juniper) -> None:
    record = juniper.connector.perform(order(ActKind.ACCOUNT_LOCK, handle="nobody-here"))

    assert record.result is Result.NOT_DONE
    assert str(record.sentence) == "The platform knows no such account. Check how it is spelled."


def test_a_lock_can_end_by_itself(juniper: Juniper) -> None:
    until = clock.now() + timedelta(hours=72)

    record = juniper.connector.perform(order(ActKind.ACCOUNT_LOCK, until=until))

    state = juniper.connector.account("amina")
    assert record.result is Result.DONE_AND_CHECKED
    assert state.locked_until is not None
    assert abs(state.locked_until - until) < timedelta(seconds=2)
    assert state.last_locked_at is not None


def test_a_confirmed_lock_loses_its_end(juniper: Juniper) -> None:
    juniper.connector.perform(order(ActKind.ACCOUNT_LOCK, until=clock.now() + timedelta(hours=72)))

    record = juniper.connector.perform(order(ActKind.ACCOUNT_LOCK))

    assert record.result is Result.DONE_AND_CHECKED
    assert juniper.connector.account("amina").locked_until is None


def test_a_post_is_hidden_and_shown_again(juniper: Juniper) -> None:
    hide = order(ActKind.CONTENT_DISABLE, handle="patriot.eye.01", item="p-2006")

    hidden, shown = (
        juniper.connector.perform(hide),
        juniper.connector.undo(order(ActKind.CONTENT_DISABLE, handle="patriot.eye.01", item="p-2006")),
    )

    assert hidden.result is shown.result is Result.DONE_AND_CHECKED
    assert [str(line) for line in hidden.residual] == ["Copies that other people made stay where they are."]


def test_a_handle_may_be_written_as_people_write_it(juniper: Juniper) -> None:
    assert juniper.connector.account(" @amina ").exists


def test_the_cost_names_the_devices_and_the_platforms_own_particulars(juniper: Juniper) -> None:
    lock, sessions = (juniper.connector.cost(act, "amina") for act in (ActKind.ACCOUNT_LOCK, ActKind.SESSIONS_REVOKE))

    assert [str(line) for line in sessions.lost] == ["Every device is signed out. Devices signed in now: 3."]
    assert "Posts that were planned for later are not published while it is locked." in [
        str(line) for line in lock.lost
    ]
    assert lock.reversible
    assert lock.undo_days == 30
    assert not sessions.reversible


def test_asking_for_the_cost_changes_nothing(juniper: Juniper) -> None:
    juniper.connector.cost(ActKind.ACCOUNT_LOCK, "amina")

    assert juniper.connector.account("amina").facts[Fact.LOCKED] is False


def test_ended_sessions_cannot_be_undone(juniper: Juniper) -> None:
    record = juniper.connector.undo(order(ActKind.SESSIONS_REVOKE))

    assert record.result is Result.NOT_DONE
    assert "cannot be taken back" in str(record.sentence)


def test_a_record_survives_being_kept(juniper: Juniper) -> None:
    record = juniper.connector.perform(order(ActKind.SESSIONS_REVOKE))

    assert recording.from_json(recording.as_json(record)) == record
