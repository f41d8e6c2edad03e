"""Promises about how urgent a case is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.domains.cases.rules import (
    Assessment,
    Danger,
    Degree,
    Severity,
    Threat,
    Want,
    check_lowering,
    severity,
    severity_at_intake,
)
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.kernel.errors import Refused

pytestmark = pytest.mark.one_database

degrees = st.sampled_from(Degree)


def test_numbers_never_outvote_a_life() -> None:
    assert severity(Degree.EXTREME, Degree.LOW, Degree.EXTREME, Degree.EXTREME) is Severity.P0


def test_an_address_published_with_danger_today_is_imminent() -> None:
    assert severity_at_intake([Threat.T5], Danger.TODAY) is Severity.P0


def test_whoever_is_in_danger_now_is_imminent_whatever_happened() -> None:
    assert severity_at_intake([], Danger.NOW) is Severity.P0


def test_a_report_without_answers_is_significant_until_a_person_has_looked() -> None:
    assert severity_at_intake([], Danger.UNSURE) is Severity.P2


@pytest.mark.parametrize(
    ("others", "least"),
    [
        (WhoElse.SOMEONE, Severity.P1),
        (WhoElse.UNKNOWN, Severity.P2),
        (WhoElse.UNSAID, Severity.P2),
        (WhoElse.NOBODY, Severity.P2),
    ],
)
def test_a_lock_is_never_waited_for_three_days_and_least_where_somebody_else_is_inside(
    others: WhoElse, least: Severity
) -> None:
    assert severity_at_intake([], Danger.NO, [Want.SECURE], others) is least


@given(
    kinds=st.sets(st.sampled_from(Threat)),
    danger=st.sampled_from(Danger),
    wants=st.sets(st.sampled_from(Want)),
    more=st.sampled_from(Want),
    others=st.sampled_from(WhoElse),
)
@settings(max_examples=100)
def test_asking_for_one_more_thing_or_saying_that_somebody_else_can_see_never_makes_a_report_less_urgent(
    kinds: set[Threat], danger: Danger, wants: set[Want], more: Want, others: WhoElse
) -> None:
    before = severity_at_intake(kinds, danger, wants, others)

    assert not before.above(severity_at_intake(kinds, danger, wants | {more}, others))
    assert not before.above(severity_at_intake(kinds, danger, wants, WhoElse.SOMEONE))


@given(answers=st.tuples(degrees, degrees, degrees, degrees), which=st.integers(0, 3))
@settings(max_examples=100)
def test_a_worse_answer_never_makes_a_case_less_urgent(answers: tuple[Degree, ...], which: int) -> None:
    worse = list(answers)
    worse[which] = Degree(min(worse[which] + 1, Degree.EXTREME))

    assert not Assessment(*answers).severity.above(Assessment(*worse).severity)


@given(
    kinds=st.sets(st.sampled_from(Threat)),
    more=st.sampled_from(Threat),
    danger=st.sampled_from(Danger),
    wants=st.sets(st.sampled_from(Want)),
    others=st.sampled_from(WhoElse),
)
@settings(max_examples=100)
def test_naming_one_more_thing_that_happened_never_makes_a_report_less_urgent(
    kinds: set[Threat], more: Threat, danger: Danger, wants: set[Want], others: WhoElse
) -> None:
    before = severity_at_intake(kinds, danger, wants, others)

    assert not before.above(severity_at_intake(kinds | {more}, danger, wants, others))


@given(before=st.sampled_from(Severity), after=st.sampled_from(Severity))
def test_only_lowering_takes_a_reason(before: Severity, after: Severity) -> None:
    check_lowering(before, after, "Read by two people.")
    if before.above(after):
        with pytest.raises(Refused, match="Write why"):
            check_lowering(before, after, "  ")
    else:
        check_lowering(before, after, "")
