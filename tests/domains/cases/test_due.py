"""Finding what is due costs no more for many cases than for one, and tells each case's keepers from its neighbour's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.domains.cases import needed
from safeconduct.domains.cases.queries import due
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import keeping
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.standing import Clock

pytestmark = pytest.mark.django_db

KEPT = timedelta(days=401)


def closed(programme: Programme, count: int) -> list[MadeCase]:
    return [make_case(programme, stage=Stage.CLOSED) for _ in range(count)]


def questions(*, at_most: int = 200) -> tuple[int, int]:
    """Return how many cases are found due, and how many questions that cost."""
    with CaptureQueriesContext(connection) as asked:
        found = due.due_cases(at_most=at_most)
    return len(found), len(asked)


def test_ten_due_cases_cost_as_many_questions_as_one(programme: Programme, time: Clock) -> None:
    closed(programme, 1)
    time.move(KEPT)
    _, of_one = questions()
    time.move(-KEPT)
    closed(programme, 9)
    time.move(KEPT)

    assert questions() == (10, of_one)


def test_nothing_is_asked_past_as_many_as_were_wanted(
    programme: Programme, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "AT_A_TIME", 2, raising=False)
    closed(programme, 6)
    time.move(KEPT)

    few, all_of_them = questions(at_most=2), questions()

    assert (few[0], all_of_them[0]) == (2, 6)
    assert all_of_them[1] > few[1]


def test_each_due_case_is_kept_by_its_own_hold_and_its_own_need_alone(
    programme: Programme, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, wanted, free = closed(programme, 3)
    wish = keeping.ask_hold(
        held.id, programme.desk("ines"), reason="A court.", review_on=time.now.date() + timedelta(days=30)
    )
    keeping.agree_hold(wish, programme.desk("leyla"))
    room = needed.Room(lambda about: {wanted.report_id} & {*about}, lambda _: set(), lambda _: None)
    monkeypatch.setitem(needed._rooms, "test", room)
    time.move(KEPT)

    assert due.due_cases() == [free.id]
    assert [due.keeps(each.id) for each in (held, wanted, free)] == [True, True, False]
