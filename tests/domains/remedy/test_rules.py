"""The room's rules over plain values: clocks in working time, fresh eyes."""

from datetime import UTC, datetime, time, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.domains.remedy.rules import (
    EVERY_DAY,
    WINDOW,
    Lane,
    Named,
    Week,
    due,
    fresh_among,
    last_day,
    last_moment,
)
from safeconduct.domains.remedy.rules.reviewers import without_second_eyes
from safeconduct.domains.remedy.rules.working_time import WORKING

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
WEEKDAYS = Week(frozenset(range(5)))
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: FRIDAY + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("lane", "week", "wanted"),
    [
        (Lane.EXPEDITED, EVERY_DAY, datetime(2026, 11, 21, 15, 0, tzinfo=UTC)),
        (Lane.USUAL, EVERY_DAY, datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
        (Lane.EXPEDITED, WEEKDAYS, datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
        (Lane.USUAL, Week(frozenset({0, 1, 2, 3, 4}), time(9), time(13)), datetime(2026, 11, 30, 13, 0, tzinfo=UTC)),
    ],
)
def test_an_appeal_s_clock_runs_while_somebody_is_there(lane: Lane, week: Week, wanted: datetime) -> None:
    found = due(lane, FRIDAY, week)

    assert found == wanted


@given(MOMENTS, st.sampled_from(Lane))
def test_it_is_never_due_before_its_working_hours_are_over(filed_at: datetime, lane: Lane) -> None:
    assert due(lane, filed_at, EVERY_DAY) - filed_at >= WORKING[lane]


@given(MOMENTS)
def test_every_day_the_urgent_have_a_day_and_the_others_three(filed_at: datetime) -> None:
    assert due(Lane.EXPEDITED, filed_at, EVERY_DAY) - filed_at <= timedelta(hours=24)
    assert due(Lane.USUAL, filed_at, EVERY_DAY) - filed_at <= timedelta(hours=72)


@given(MOMENTS)
def test_the_window_is_never_shorter_than_six_calendar_months(decided_at: datetime) -> None:
    month = decided_at.month + 6
    year, month = decided_at.year + (month - 1) // 12, (month - 1) % 12 + 1
    first_of_the_month_after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    same_day = decided_at.replace(year=year, month=month, day=min(decided_at.day, 28))

    assert last_moment(decided_at) > min(same_day, first_of_the_month_after)


@given(MOMENTS, st.integers(-12, 14))
def test_an_appeal_can_be_filed_all_of_its_last_day_wherever_on_earth_that_is(decided_at: datetime, hours: int) -> None:
    until, here = last_moment(decided_at), timezone(timedelta(hours=hours))

    assert last_day(until) == (decided_at.astimezone(UTC) + WINDOW).date()
    assert until.astimezone(here).date() > last_day(until)


def test_neither_a_hand_nor_a_namesake_of_one_is_fresh() -> None:
    ines, idris, namesake = Named(uuid4(), "Ines"), Named(uuid4(), "Idris"), Named(uuid4(), "INES")

    assert fresh_among([ines, idris, namesake], [ines]) == {idris.id}


def test_one_reviewer_cannot_look_at_their_own_decisions() -> None:
    ines, idris, noor = (Named(uuid4(), name) for name in ("Ines", "Idris", "Noor"))

    assert without_second_eyes([ines], []) == 1
    assert without_second_eyes([ines, idris], [idris]) == 1
    assert without_second_eyes([ines, idris], [idris, noor]) == 0
    assert without_second_eyes([ines], [ines]) == 1


def test_a_week_in_which_nobody_works_is_refused() -> None:
    with pytest.raises(ValueError, match="working week"):
        Week(frozenset())
