"""Pagers that answer errors, or accept what they lose; and a flood of false alarms with a true one in its midst."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from safeconduct.connectors import paging
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.checks import CallsHeard
from safeconduct.domains.cases.models import Page
from safeconduct.domains.cases.rules import Danger, Severity
from safeconduct.domains.cases.services import channel, flood
from safeconduct.kernel.errors import Unavailable
from safeconduct.web.sessions import DESK_COOKIE
from tests.domains.cases.making import KeptPages, escalate_due, make_case, make_programme
from tests.programme import Programme
from tests.standing import Clock, _a_fresh_door, time

__all__ = ["_a_fresh_door", "time"]

MINUTE = timedelta(minutes=1)
STAFF = {"ines", "idris", "leyla"}
FALSE = "They are outside my house with stones, come at once, everyone must see number {}."
TRUE = "My brother was taken at the bridge an hour ago and they know where I sleep."


@dataclass
class Refusing:
    """A pager whose provider answers errors."""

    name: str = "refusing"
    asked: int = 0

    def send(self, page: paging.Page) -> None:
        self.asked += 1
        raise Unavailable("pager.down", "The pager's provider answered 500.")


@dataclass
class Losing:
    """A pager that says yes and delivers nothing."""

    name: str = "losing"
    lost: list[paging.Page] = field(default_factory=list)

    def send(self, page: paging.Page) -> None:
        self.lost.append(page)


@pytest.fixture
def programme(db: None, data_folder: Path, time: Clock) -> Programme:
    return make_programme()


def called_by(programme: Programme, pager: paging.Pager, *names: str) -> None:
    for name in names:
        channel.set_pager_address(programme.desk(name), pager.name, name)


@pytest.fixture
def losing(programme: Programme) -> Iterator[Losing]:
    pager = Losing()
    with paging.registered(pager):
        called_by(programme, pager, *STAFF)
        yield pager


def in_danger(programme: Programme, words: str = TRUE) -> None:
    make_case(programme, danger=Danger.NOW, text=words)


def minutes_go_by(time: Clock, minutes: int) -> None:
    for _ in range(minutes):
        time.move(MINUTE)
        escalate_due()


def test_a_pager_that_answers_errors_is_asked_every_minute_and_the_ladder_goes_on(
    programme: Programme, time: Clock
) -> None:
    refusing, other = Refusing(), KeptPages()
    with paging.registered(refusing, other):
        called_by(programme, refusing, "idris")
        called_by(programme, other, "leyla")
        in_danger(programme)
        minutes_go_by(time, 16)

    steps = set(Page.objects.values_list("step", flat=True))
    assert refusing.asked >= 10
    assert len(steps) > 1
    assert other.sent_to("leyla")


def test_doctor_says_how_many_were_called_in_vain(programme: Programme, time: Clock, losing: Losing) -> None:
    well = CallsHeard().run().well
    in_danger(programme)
    minutes_go_by(time, 16)

    found = CallsHeard().run()

    assert well
    assert "3 people were called in vain" in found.what
    assert "may lose what it accepts" in found.mend


def test_the_page_about_calls_says_so_to_everyone_who_works_on_cases(
    programme: Programme, time: Clock, losing: Losing
) -> None:
    in_danger(programme)
    minutes_go_by(time, 16)
    client = Client()
    client.cookies[DESK_COOKIE] = programme.cookie("ines")

    page = client.get("/console/calls").content.decode()

    assert "3 people were called three times or more" in page


def test_an_answer_ends_the_warning(programme: Programme, time: Clock, losing: Losing) -> None:
    in_danger(programme)
    minutes_go_by(time, 16)
    Page.objects.update(acknowledged_at=time.now)

    assert CallsHeard().run().well


def test_a_thousand_false_alarms_in_a_minute_call_each_person_once_and_hide_no_true_one(
    programme: Programme, time: Clock
) -> None:
    """Twelve stand for the thousand: a person is called once however many there are."""
    pager = KeptPages()
    with paging.registered(pager):
        called_by(programme, pager, *STAFF)
        for number in range(6):
            in_danger(programme, FALSE.format(number))
        in_danger(programme)
        for number in range(6):
            in_danger(programme, FALSE.format(number))
        escalate_due()
    ines = programme.desk("ines")

    (group,) = queries.flood_groups_for(ines)
    leyla = programme.desk("leyla")
    lowered = flood.lower(group.id, severity=Severity.P3, reason="One text, sent by one hand.", desk=leyla)

    urgent = [row for row in queries.queue_for(ines) if row.severity is Severity.P0]
    assert {name: len(pager.sent_to(name)) for name in STAFF} == dict.fromkeys(STAFF, 1)
    assert (lowered.count, len(urgent)) == (12, 1)
    assert queries.queue_for(ines)[0].case_id == urgent[0].case_id
