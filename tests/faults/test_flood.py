"""A flood of false alarms: it rings once a minute at most, and the true one in its midst is the first in the queue."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from safeconduct.connectors import paging
from safeconduct.domains.cases import door, queries
from safeconduct.domains.cases.queries import crowding
from safeconduct.domains.cases.rules import Danger, Severity
from safeconduct.domains.cases.services import channel, escalation
from safeconduct.domains.cases.views import QueueView
from safeconduct.web.sessions import DESK_COOKIE
from tests.domains.cases.making import KeptPages, MadeCase, escalate_due, make_case, make_programme, partner_origin
from tests.programme import Programme
from tests.standing import Clock, _a_fresh_door, time

__all__ = ["_a_fresh_door", "time"]

pytestmark = pytest.mark.django_db
COPIED = "They are outside my house with stones, come at once, everyone must see number {}."
OWN = (
    "My brother was taken at the bridge an hour ago and nobody at the station says where.",
    "Two cars follow me since the court, and the second one has no number on its plate.",
    "Somebody opened our office in the night and the list of our members lies on the floor.",
)


@pytest.fixture
def programme(db: None, data_folder: Path, time: Clock) -> Programme:
    return make_programme()


@pytest.fixture
def pager(programme: Programme) -> Iterator[KeptPages]:
    kept = KeptPages()
    with paging.registered(kept):
        channel.set_pager_address(programme.desk("ines"), kept.name, "ines")
        yield kept


def in_danger(programme: Programme, words: str = OWN[0], **more: object) -> MadeCase:
    return make_case(programme, danger=Danger.NOW, text=words, **more)  # type: ignore[arg-type] # of Answers


def test_whoever_does_not_answer_is_rung_at_once_and_then_once_a_minute_however_many_come(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    rings = []
    for number in range(24):
        in_danger(programme, COPIED.format(number))
        escalate_due()
        rings.append(len(pager.sent_to("ines")))
        time.move(timedelta(seconds=5))

    assert rings[0] == 1
    assert rings[-1] <= 3
    assert rings[-1] > 1


def test_whoever_has_answered_is_rung_at_once_for_the_next(programme: Programme, time: Clock, pager: KeptPages) -> None:
    ines = programme.desk("ines")
    in_danger(programme)
    escalate_due()
    (call,) = queries.pages_for(ines)
    escalation.acknowledge(call.id, ines)
    in_danger(programme, OWN[1])
    escalate_due()

    assert len(pager.sent_to("ines")) == 2


def test_in_a_flood_what_a_partner_sent_stands_first_among_equals(programme: Programme, time: Clock) -> None:
    made = [in_danger(programme, words) for words in OWN]
    time.move(timedelta(minutes=1))
    true = in_danger(programme, origin=partner_origin(programme))
    ines = programme.desk("ines")
    calm = [row.case_id for row in queries.queue_for(ines)]
    door.set_flood(True)

    flooded = [row.case_id for row in queries.queue_for(ines, QueueView.OPEN)]

    assert (calm[-1], flooded[0]) == (true.id, true.id)
    assert {*flooded} == {*calm} == {true.id, *(each.id for each in made)}


def test_in_a_flood_copies_stand_behind_what_nobody_else_wrote_and_one_of_them_stays(
    programme: Programme, time: Clock
) -> None:
    copies = {in_danger(programme, COPIED.format(number)).id for number in range(4)}
    time.move(timedelta(minutes=1))
    true = in_danger(programme)
    less = make_case(programme, danger=Danger.NO, text=OWN[2], origin=partner_origin(programme))
    door.set_flood(True)

    rows = queries.queue_for(programme.desk("ines"))

    assert [row.case_id in copies for row in rows] == [True, False, True, True, True, False]
    assert (rows[1].case_id, rows[-1].case_id) == (true.id, less.id)
    assert rows[0].severity is Severity.P0


@pytest.mark.parametrize("flooding", [None, True])
def test_a_crowd_of_one_origin_never_hides_what_came_by_the_other(
    programme: Programme,
    time: Clock,
    monkeypatch: pytest.MonkeyPatch,
    flooding: bool | None,  # noqa: FBT001 - three states
) -> None:
    monkeypatch.setattr(crowding, "CROWD", 4)
    crowd = [
        in_danger(programme, f"{n} " + f"said{n} " * 9, origin=partner_origin(programme, f"HH-{n}")) for n in range(5)
    ]
    time.move(timedelta(minutes=1))
    true = in_danger(programme)
    door.set_flood(flooding)
    ines = programme.desk("ines")

    rows = [row.case_id for row in queries.queue_for(ines, limit=4)]

    assert rows[0] == true.id
    assert {*rows[1:]} <= {each.id for each in crowd}
    assert queries.queue_for(ines, QueueView.OPEN, limit=1)[0].case_id == true.id


def test_hundreds_of_calls_do_not_stand_above_the_queue(programme: Programme, time: Clock, pager: KeptPages) -> None:
    for number in range(8):
        in_danger(programme, COPIED.format(number))
    escalate_due()
    client = Client()
    client.cookies[DESK_COOKIE] = programme.cookie("ines")

    page = client.get("/console/").content.decode()

    assert page.count("I have seen call") == 5
    assert "3 more calls wait for you." in page
