"""How long cases are kept: past every appeal, whatever the operator writes; erased to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.domains.cases.rules import Outcome
from safeconduct.domains.cases.rules.keeping import (
    BACKUPS_LAST,
    DEFAULTS,
    SHORTEST,
    check_review_day,
    complete_on,
    erased_on,
    holds,
    periods_from,
)
from safeconduct.domains.remedy.rules import WINDOW
from safeconduct.kernel.errors import Refused
from safeconduct.project.options import OPTIONS

pytestmark = pytest.mark.one_database

TODAY = date(2026, 11, 20)


def test_no_outcome_is_kept_for_less_than_the_time_to_appeal() -> None:
    assert SHORTEST > WINDOW
    assert all(period >= SHORTEST for period in DEFAULTS.values())
    assert set(DEFAULTS) == set(Outcome) - {Outcome.LINKED}


def test_the_default_that_operators_read_is_the_one_that_counts() -> None:
    assert periods_from(OPTIONS["KEEP"].default) == periods_from("") == dict(DEFAULTS)


def test_an_operator_changes_one_outcome_and_the_others_stay() -> None:
    assert periods_from("protected = 800")[Outcome.PROTECTED] == timedelta(days=800)
    assert periods_from("protected=800")[Outcome.ADVISED] == DEFAULTS[Outcome.ADVISED]


@pytest.mark.parametrize("text", ["protected=199", "protected=for ever", "all=400", "protected", "protected=99999"])
def test_what_cannot_be_meant_is_refused_with_the_name_of_the_setting(text: str) -> None:
    with pytest.raises(Refused) as refused:
        periods_from(text)

    assert "SAFECONDUCT_KEEP" in refused.value.sentence


@given(st.integers(min_value=200, max_value=3650))
def test_a_case_goes_on_its_day_and_its_last_backup_thirty_days_later(days: int) -> None:
    gone = erased_on(TODAY, Outcome.PROTECTED, periods_from(f"protected={days}"))

    assert (gone - TODAY).days == days
    assert complete_on(gone) - gone == BACKUPS_LAST


@pytest.mark.parametrize(
    ("agreed", "ended", "days", "stands"),
    [(True, False, 4000, True), (True, True, 0, False), (False, False, 6, True), (False, False, 7, False)],
)
def test_a_hold_stands_until_it_is_lifted_and_a_week_before_it_is_agreed(
    *, agreed: bool, ended: bool, days: int, stands: bool
) -> None:
    today = TODAY + timedelta(days=days)

    assert holds(asked_on=TODAY, agreed=agreed, ended=ended, today=today) is stands


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_hold_is_looked_at_again_within_a_year(days: int) -> None:
    with pytest.raises(Refused):
        check_review_day(TODAY + timedelta(days=days), TODAY)
