"""What every connector promises, whatever platform it leads to: one list, run on each platform we have.

A platform is put under test as a ``Subject``; what it truly did is asked of the platform itself, past the connector.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from safeconduct.connectors import recording, wording
from safeconduct.connectors.port import (
    UNDONE_BY,
    ActKind,
    ActOrder,
    ActRecord,
    Capability,
    Connector,
    Fact,
    Result,
)

NOBODY = "no-such-account-7f3a91"
WORDS = "Your number is 118 204."


@dataclass(frozen=True)
class Subject:
    """A platform with an account that may be acted on. ``locked`` is what the platform itself says."""

    connector: Connector
    handle: str
    locked: Callable[[], bool]

    def order(self, act: ActKind, **more: object) -> ActOrder:
        """Return an order under a new key."""
        return ActOrder(**{"act": act, "handle": self.handle, "key": uuid4(), **more})

    def perform(self, act: ActKind, **more: object) -> ActRecord:
        """Order an act."""
        return self.connector.perform(self.order(act, **more))


def it_speaks_the_port(on: Subject) -> None:
    assert isinstance(on.connector, Connector)
    assert on.connector.capabilities().platform == on.connector.platform
    assert Capability.EVIDENCE_SNAPSHOT in on.connector.capabilities().offered


def what_is_offered_has_its_way_back(on: Subject) -> None:
    offered = on.connector.capabilities()
    assert [act for act, back in UNDONE_BY.items() if offered.can(act) and not offered.can(back)] == []


def a_lock_is_done_read_back_and_undone(on: Subject) -> None:
    done = on.perform(ActKind.ACCOUNT_LOCK)
    was_locked = on.locked()
    undone = on.connector.undo(on.order(ActKind.ACCOUNT_LOCK))
    assert done.result is undone.result is Result.DONE_AND_CHECKED
    assert (was_locked, on.locked()) == (True, False)
    assert done.undo is ActKind.ACCOUNT_UNLOCK
    assert done.read_back_at is not None


def evidence_is_kept_before_the_act_and_is_what_it_says(on: Subject) -> None:
    evidence = on.perform(ActKind.ACCOUNT_LOCK).evidence
    assert evidence is not None
    assert evidence.sha256 == hashlib.sha256(evidence.content).hexdigest()
    assert evidence.note


def what_is_so_already_is_said_to_be(on: Subject) -> None:
    on.perform(ActKind.ACCOUNT_LOCK)
    again = on.perform(ActKind.ACCOUNT_LOCK)
    assert (again.result, again.sentence, again.changed) == (Result.DONE_AND_CHECKED, wording.ALREADY, ())


def the_same_order_is_carried_out_once(on: Subject) -> None:
    notice = on.order(ActKind.NOTICE_SEND, words=WORDS)
    first, second = on.connector.perform(notice), on.connector.perform(notice)
    assert first.result is second.result is Result.DONE_AND_CHECKED
    assert first.platform_ref == second.platform_ref


def a_trial_run_changes_nothing(on: Subject) -> None:
    before = on.connector.account(on.handle)
    record = on.perform(ActKind.ACCOUNT_LOCK, dry_run=True)
    after = on.connector.account(on.handle)
    assert (record.result, record.evidence, record.changed) == (Result.TRIAL, None, ())
    assert (before.facts, before.sessions) == (after.facts, after.sessions)
    assert not on.locked()


def an_unknown_account_is_not_touched(on: Subject) -> None:
    record = on.perform(ActKind.ACCOUNT_LOCK, handle=NOBODY)
    assert (record.result, record.sentence) == (Result.NOT_DONE, wording.UNKNOWN_ACCOUNT)
    assert not on.connector.account(NOBODY).exists


def what_is_not_offered_is_not_done_and_said(on: Subject) -> None:
    offered = on.connector.capabilities()
    missing = [act for act in ActKind if not offered.can(act)]
    assert missing
    assert {(record.result, record.sentence) for record in map(on.perform, missing)} == {
        (Result.NOT_DONE, wording.CANNOT)
    }
    assert {on.connector.cost(act, on.handle).possible for act in missing} == {False}


def asking_for_the_cost_of_everything_changes_nothing(on: Subject) -> None:
    before = on.connector.account(on.handle)
    offered = on.connector.capabilities()
    costs = [on.connector.cost(act, on.handle) for act in ActKind if offered.can(act)]
    assert all(cost.possible for cost in costs)
    assert on.connector.account(on.handle).facts == before.facts
    assert not on.locked()


def an_act_on_one_thing_needs_it_named(on: Subject) -> None:
    if not on.connector.capabilities().can(ActKind.CONTENT_DISABLE):
        return
    record = on.perform(ActKind.CONTENT_DISABLE)
    assert (record.result, record.sentence) == (Result.NOT_DONE, wording.NO_ITEM)


def what_cannot_be_taken_back_says_so(on: Subject) -> None:
    record = on.connector.undo(on.order(ActKind.SESSIONS_REVOKE))
    assert (record.result, record.sentence) == (Result.NOT_DONE, wording.NO_WAY_BACK)


def ended_sessions_are_gone_and_what_stays_open_is_said(on: Subject) -> None:
    record = on.perform(ActKind.SESSIONS_REVOKE)
    state = on.connector.account(on.handle)
    assert record.result is Result.DONE_AND_CHECKED
    assert (state.sessions, state.facts[Fact.SIGNED_OUT]) == ((), True)
    assert record.residual


def a_handle_may_be_written_as_people_write_it(on: Subject) -> None:
    assert on.connector.account(f" {on.handle} ").exists


def a_record_survives_being_kept_and_names_nobody_when_printed(on: Subject) -> None:
    record = on.perform(ActKind.ACCOUNT_LOCK)
    assert recording.from_json(recording.as_json(record)) == replace(record, evidence=None)
    assert on.handle not in repr(record)


PROMISES: tuple[Callable[[Subject], None], ...] = (
    it_speaks_the_port,
    what_is_offered_has_its_way_back,
    a_lock_is_done_read_back_and_undone,
    evidence_is_kept_before_the_act_and_is_what_it_says,
    what_is_so_already_is_said_to_be,
    the_same_order_is_carried_out_once,
    a_trial_run_changes_nothing,
    an_unknown_account_is_not_touched,
    what_is_not_offered_is_not_done_and_said,
    asking_for_the_cost_of_everything_changes_nothing,
    an_act_on_one_thing_needs_it_named,
    what_cannot_be_taken_back_says_so,
    ended_sessions_are_gone_and_what_stays_open_is_said,
    a_handle_may_be_written_as_people_write_it,
    a_record_survives_being_kept_and_names_nobody_when_printed,
)


def nothing_is_claimed_that_the_platform_does_not_show(on: Subject) -> ActRecord:
    """Lock while the platform fails, hold the record against what it truly did, and return it."""
    record = on.perform(ActKind.ACCOUNT_LOCK)

    if record.result is Result.DONE_AND_CHECKED:
        assert on.locked()
        assert record.read_back_at is not None
    else:
        assert record.changed == ()
    if record.result is Result.NOT_DONE:
        assert not on.locked()
    assert str(record.sentence)
    return record
