"""Promises about the clocks, the stages and the ladder."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.domains.cases.rules import (
    LIMITS,
    Audience,
    Clock,
    ClockKind,
    Severity,
    Stage,
    Step,
    Verb,
    check_move,
    due_when_lowered,
    due_when_raised,
    first_due,
    may_move,
    next_due,
    rungs_due,
    verbs,
)
from safeconduct.kernel.errors import Refused

pytestmark = pytest.mark.one_database

START = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
minutes = st.integers(0, 20_000).map(lambda each: timedelta(minutes=each))
severities = st.sampled_from(Severity)
kinds = st.sampled_from(ClockKind)


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


def test_the_promises_are_those_of_the_service_levels() -> None:
    told = {each.value: (limits.reply, limits.settle) for each, limits in LIMITS.items()}

    assert told == {
        "P0": (timedelta(minutes=15), timedelta(hours=1)),
        "P1": (timedelta(hours=2), timedelta(hours=24)),
        "P2": (timedelta(hours=24), timedelta(hours=72)),
        "P3": (timedelta(hours=72), timedelta(days=7)),
    }


@given(before=severities, after=severities, kind=kinds, passed=minutes)
@settings(max_examples=100)
def test_raising_never_moves_a_promise_later(
    before: Severity, after: Severity, kind: ClockKind, passed: timedelta
) -> None:
    due = first_due(before, kind, START)

    assert due_when_raised(due, after, kind, START + passed) <= due


@given(before=severities, after=severities, kind=kinds)
@settings(max_examples=100)
def test_lowering_never_moves_a_promise_sooner(before: Severity, after: Severity, kind: ClockKind) -> None:
    due = first_due(before, kind, START)

    assert due_when_lowered(due, after, kind, START) >= due


@given(kept=minutes, looked=minutes)
def test_a_kept_promise_stays_kept_however_late_one_looks(kept: timedelta, looked: timedelta) -> None:
    clock = Clock(ClockKind.REPLY, START, START + timedelta(hours=2), START + kept)

    assert clock.late(START + kept + looked) is not clock.kept


def test_the_next_promise_is_the_running_one_that_falls_due_first() -> None:
    kept = Clock(ClockKind.REPLY, START, minute(15), minute(3))
    later = Clock(ClockKind.SETTLE, START, minute(60))
    sooner = Clock(ClockKind.ANSWER, minute(20), minute(35))

    following = next_due([kept, later, sooner])

    assert following is not None
    assert (following.kind, following.due_at) == (ClockKind.ANSWER, minute(35))


@given(after=st.sampled_from(Stage))
def test_a_closed_case_stays_closed(after: Stage) -> None:
    assert not may_move(Stage.CLOSED, after)
    with pytest.raises(Refused, match="stays closed"):
        check_move(Stage.CLOSED, after)


@given(taken=st.booleans(), holder=st.booleans(), lead=st.booleans())
def test_nothing_may_be_done_with_a_closed_case(*, taken: bool, holder: bool, lead: bool) -> None:
    assert verbs(Stage.CLOSED, taken=taken, holder=holder, lead=lead) == frozenset()


def test_nobody_decides_a_case_that_nobody_has_taken() -> None:
    assert Verb.DECIDE not in verbs(Stage.NEW, taken=False, holder=False, lead=True)


def test_the_ladder_of_imminent_harm_stands_at_60_90_and_120_minutes() -> None:
    unanswered = [Clock(ClockKind.REPLY, START, minute(15))]

    steps = {rung.step: rung for rung in rungs_due(Severity.P0, unanswered, imminent_since=START, now=minute(120))}

    assert (steps[Step.SIXTY].due_at, steps[Step.SIXTY].audience) == (minute(60), Audience.LEADS)
    assert (steps[Step.NINETY].due_at, steps[Step.NINETY].audience) == (minute(90), Audience.EVERYONE)
    assert steps[Step.HUNDRED_AND_TWENTY].due_at == minute(120)


def test_imminent_harm_wakes_somebody_at_once() -> None:
    unanswered = [Clock(ClockKind.REPLY, START, minute(15))]

    assert [rung.step for rung in rungs_due(Severity.P0, unanswered, imminent_since=START, now=START)] == [Step.ARRIVED]


@given(severity=severities, kind=kinds, passed=minutes)
@settings(max_examples=100)
def test_a_kept_promise_wakes_nobody(severity: Severity, kind: ClockKind, passed: timedelta) -> None:
    kept = [Clock(kind, START, START + LIMITS[severity].of(kind), START)]

    assert rungs_due(severity, kept, imminent_since=None, now=START + passed) == []


@given(severity=severities, kind=kinds)
@settings(max_examples=50)
def test_somebody_is_woken_before_a_promise_is_missed(severity: Severity, kind: ClockKind) -> None:
    due = START + LIMITS[severity].of(kind)

    before = rungs_due(severity, [Clock(kind, START, due)], imminent_since=None, now=due - timedelta(minutes=1))

    assert len(before) == 1
