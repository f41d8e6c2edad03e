"""How much hard content somebody opened: counted for their own eyes, kept for a day, leading to no case."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Exposure
from safeconduct.domains.cases.rules import Advice, Spent, Stage, advice
from safeconduct.domains.cases.services import veil
from safeconduct.domains.cases.services.veil import Showing
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme

SOME = st.integers(0, 200)


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE)


def lift(programme: Programme, made: MadeCase, by: str = "ines", times: int = 1) -> None:
    for _ in range(times):
        veil.lift(made.id, made.report_id, Showing.WORDS, programme.desk(by))


def counted(programme: Programme, name: str) -> tuple[int, int]:
    seen = queries.exposure_for(programme.desk(name))
    return seen.hour.lifted, seen.day.lifted


def test_each_veil_counts_for_whoever_lifts_it_and_for_nobody_else(programme: Programme, made: MadeCase) -> None:
    lift(programme, made, times=3)
    lift(programme, made, by="leyla")

    assert {name: counted(programme, name) for name in ("ines", "leyla", "idris")} == {
        "ines": (3, 3),
        "leyla": (1, 1),
        "idris": (0, 0),
    }


def test_the_count_outlives_the_session(programme: Programme, made: MadeCase) -> None:
    lift(programme, made, times=2)

    programme.cookie("ines")

    assert counted(programme, "ines") == (2, 2)


def test_an_hour_later_the_day_still_counts_and_a_day_later_nothing_is_kept(
    programme: Programme, made: MadeCase
) -> None:
    ines, began = programme.desk("ines"), clock.now()
    for _ in range(4):
        veil.lift(made.id, made.report_id, Showing.WORDS, ines)
    with clock.use(lambda: began + timedelta(hours=1)):
        later = queries.exposure_for(ines)
    with clock.use(lambda: began + timedelta(hours=24)):
        veil.lift(made.id, made.report_id, Showing.WORDS, ines)
        next_day = queries.exposure_for(ines)

    assert (later.hour.lifted, later.day.lifted) == (0, 4)
    assert (next_day.hour.lifted, next_day.day.lifted) == (1, 1)
    assert Exposure.objects.count() == 1


def test_what_is_kept_leads_to_no_case(programme: Programme, made: MadeCase) -> None:
    lift(programme, made)

    (row,) = Exposure.objects.values()

    assert set(row) == {"id", "member", "hour", "lifted"}
    assert (row["hour"].minute, row["hour"].second) == (0, 0)


def test_a_veil_that_may_not_be_lifted_counts_for_nothing(programme: Programme, made: MadeCase) -> None:
    with pytest.raises(NotAllowed):
        lift(programme, made, by="idris")

    assert counted(programme, "idris") == (0, 0)


def test_the_operator_sets_where_a_pause_is_suggested(
    programme: Programme, made: MadeCase, settings: LazySettings
) -> None:
    settings.VEILS_AN_HOUR, settings.VEILS_A_DAY = 4, 100

    said = []
    for _ in range(4):
        lift(programme, made)
        said.append(queries.exposure_for(programme.desk("ines")).advice)

    assert said == [Advice.NONE, Advice.NONE, Advice.BREAK, Advice.COLLEAGUE]


@given(SOME, SOME, st.integers(1, 100), st.integers(1, 100))
def test_more_veils_never_make_the_advice_milder(hour: int, day: int, hour_limit: int, day_limit: int) -> None:
    order = list(Advice)

    now = advice(Spent(hour, hour_limit), Spent(day, day_limit))
    after = advice(Spent(hour + 1, hour_limit), Spent(day + 1, day_limit))

    assert order.index(after) >= order.index(now)
    assert (now is Advice.COLLEAGUE) == (hour >= hour_limit or day >= day_limit)
