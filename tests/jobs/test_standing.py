"""What is known of rounds: when each last ended well, and when somebody should look."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.jobs import standing
from safeconduct.jobs.rounds import Round
from safeconduct.jobs.runner import run_once
from safeconduct.kernel import clock

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    standing.forget()
    yield
    standing.forget()


def fails() -> int:
    raise RuntimeError


def test_a_round_that_fails_is_counted_and_keeps_when_it_was_last_well() -> None:
    well, broken = Round("a", timedelta(seconds=5), lambda: 3), Round("a", timedelta(seconds=5), fails)
    with clock.use(lambda: NOON):
        run_once(well)
    with clock.use(lambda: NOON + timedelta(minutes=1)):
        run_once(broken)

    known = standing.standings()["a"]
    assert (known.well_at, known.failures) == (NOON, 1)


@pytest.mark.parametrize(("every", "silent"), [(5, 119), (3600, 3600 * 9)])
def test_a_round_is_late_only_after_many_turns_and_two_minutes(every: int, silent: int) -> None:
    known = standing.Standing(timedelta(seconds=every), NOON)

    assert not known.late(NOON + timedelta(seconds=silent))
    assert known.late(NOON + timedelta(seconds=max(120, every * 10) + 1))
