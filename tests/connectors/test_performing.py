"""Whatever a platform does, the record claims no more than the platform was seen to show."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.connectors import performing, recording, wording
from safeconduct.connectors.calls import Sent
from safeconduct.connectors.outside import NoAnswer, NotReached
from safeconduct.connectors.port import (
    EFFECTS,
    ON_AN_ITEM,
    UNDONE_BY,
    AccountState,
    ActKind,
    ActOrder,
    Capabilities,
    Capability,
    Fact,
    Result,
    SessionSeen,
    Snapshot,
)
from safeconduct.connectors.verdicts import VERDICTS, Seeing, Sending
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable

FAULTS = {
    "not-reached": NotReached("x", "Not reached."),
    "no-answer": NoAnswer("x", "No answer."),
    "unavailable": Unavailable("x", "Unavailable."),
    "refused": Refused("x", "It says no."),
}
faults = st.sampled_from(["", *FAULTS])


@dataclass
class Whimsical:
    """A platform that fails as it likes at each step. ``locked`` is the truth."""

    locked: bool = False
    on_capabilities: str = ""
    on_snapshot: str = ""
    on_look: list[str] = field(default_factory=list)
    on_send: str = ""
    does_it: bool = True
    shows_lock: bool = True
    platform: str = "whimsical"
    sent: int = 0

    def capabilities(self) -> Capabilities:
        _fail(self.on_capabilities)
        offered = {Capability(act.value) for act in ActKind} | {Capability.EVIDENCE_SNAPSHOT}
        return Capabilities("whimsical", "Whimsical", frozenset(offered), undo_days=30)

    def account(self, handle: str) -> AccountState:
        _fail(self.on_look.pop(0) if self.on_look else "")
        facts = {Fact.LOCKED: self.locked} if self.shows_lock else {}
        phone = SessionSeen("1", "A phone", None)
        return AccountState(handle, exists=True, read_at=clock.now(), facts=facts, sessions=(phone,), tokens=())

    def snapshot(self, handle: str, item: str = "") -> Snapshot:
        _fail(self.on_snapshot)
        return Snapshot(handle.encode(), "text/plain", clock.now(), "0" * 64)

    def send(self, order: ActOrder) -> Sent:
        self.sent += 1
        if self.does_it and not order.dry_run:
            self.locked = True
        _fail(self.on_send)
        return Sent("W-1", clock.now())

    def shows(self, order: ActOrder, reference: str) -> bool | None:
        return None


def _fail(kind: str) -> None:
    if kind:
        raise FAULTS[kind]


def lock(calls: Whimsical, **more: object) -> performing.ActRecord:
    order = ActOrder(**{"act": ActKind.ACCOUNT_LOCK, "handle": "amina", "key": uuid4(), **more})
    return performing.perform(calls, order, pause=lambda _: None)


platforms = st.builds(
    Whimsical,
    locked=st.booleans(),
    on_capabilities=faults,
    on_snapshot=faults,
    on_look=st.lists(faults, max_size=6),
    on_send=faults,
    does_it=st.booleans(),
    shows_lock=st.booleans(),
)


@given(platforms)
def test_done_and_checked_is_said_only_of_what_is_truly_so(calls: Whimsical) -> None:
    record = lock(calls)

    if record.result is Result.DONE_AND_CHECKED:
        assert calls.locked
        assert calls.shows_lock
        assert record.read_back_at is not None


@given(platforms)
def test_not_done_is_said_only_when_our_order_changed_nothing_we_know_of(calls: Whimsical) -> None:
    before = calls.locked

    record = lock(calls)

    if record.result is Result.NOT_DONE and calls.on_send in {"", "no-answer", "unavailable"} and calls.sent:
        assert not calls.locked or before or calls.does_it is False
    if record.result is not Result.DONE_AND_CHECKED:
        assert record.changed == ()


@given(platforms)
def test_every_record_can_be_kept_and_has_a_sentence(calls: Whimsical) -> None:
    record = lock(calls)

    assert str(record.sentence)
    assert recording.from_json(recording.as_json(record)) == record


@given(platforms, st.sampled_from(list(ActKind)))
def test_a_trial_run_never_changes_anything(calls: Whimsical, act: ActKind) -> None:
    before = calls.locked

    record = lock(calls, act=act, dry_run=True)

    assert calls.locked is before
    assert record.result in {Result.TRIAL, Result.NOT_DONE}


def test_nothing_is_sent_where_the_platform_was_not_reached() -> None:
    calls = Whimsical(on_look=["not-reached"])

    assert lock(calls).result is Result.NOT_DONE
    assert calls.sent == 0


def test_evidence_that_cannot_be_kept_holds_up_nobody_and_is_said() -> None:
    record = lock(Whimsical(on_snapshot="no-answer"))

    assert record.result is Result.DONE_AND_CHECKED
    assert record.evidence is None
    assert wording.NO_EVIDENCE in record.residual


def test_a_platform_that_shows_it_late_is_waited_for() -> None:
    record = lock(Whimsical(on_look=["", "no-answer", "no-answer"]))

    assert record.result is Result.DONE_AND_CHECKED


def test_an_effect_that_no_platform_shows_is_sent_and_not_checked() -> None:
    record = lock(Whimsical(shows_lock=False))

    assert record.result is Result.SENT_NOT_CHECKED
    assert str(record.sentence) == "The platform accepted it. It has no way to show the effect."
    assert record.undo is ActKind.ACCOUNT_UNLOCK


def test_the_table_of_verdicts_is_whole() -> None:
    assert set(VERDICTS) == {(sending, seeing) for sending in Sending for seeing in Seeing}


@pytest.mark.parametrize("combination", list(VERDICTS))
def test_only_a_look_that_showed_it_makes_it_done(combination: tuple[Sending, Seeing]) -> None:
    sending, seeing = combination
    result, _ = VERDICTS[combination]

    if result is Result.DONE_AND_CHECKED:
        assert seeing is Seeing.WANTED
        assert sending in {Sending.ACCEPTED, Sending.UNKNOWN}


def test_every_act_has_words_and_every_reversible_one_a_way_back() -> None:
    assert set(wording.CHANGED) == set(ActKind)
    assert all(UNDONE_BY[UNDONE_BY[act]] is act for act in UNDONE_BY)
    assert set(EFFECTS) | ON_AN_ITEM | {ActKind.CREDENTIALS_RESET, ActKind.NOTICE_SEND} == set(ActKind)


def test_undoing_what_had_an_end_asks_for_no_end() -> None:
    order = ActOrder(ActKind.ACCOUNT_LOCK, "amina", uuid4(), until=clock.now())

    record = performing.undo(Whimsical(locked=False), order, pause=lambda _: None)

    assert record.act is ActKind.ACCOUNT_UNLOCK
    assert record.result is Result.DONE_AND_CHECKED
