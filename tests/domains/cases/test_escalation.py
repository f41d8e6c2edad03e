"""Promises about waking people."""

from datetime import timedelta

import pytest

from safeconduct.accounts.values import Exclusions
from safeconduct.audit import queries as audit
from safeconduct.connectors import paging
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Danger, Stage
from safeconduct.domains.cases.services import channel, escalation, work
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import KeptPages, escalate_due, make_case
from tests.domains.cases.waking import MINUTE, STAFF, pager, woken
from tests.programme import LISBON, Programme
from tests.standing import Clock

__all__ = ["pager"]


def test_imminent_harm_wakes_everyone_who_can_open_it_at_once(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    make_case(programme, danger=Danger.NOW)

    assert woken(pager) == set(STAFF)


def test_nobody_is_woken_for_what_they_could_not_open(programme: Programme, time: Clock, pager: KeptPages) -> None:
    make_case(programme, danger=Danger.NOW, exclusions=Exclusions(team_ids=frozenset({programme.team_id(LISBON)})))

    for _ in range(30):
        assert "ines" not in woken(pager)
        time.move(5 * MINUTE)


def test_where_the_lead_is_kept_out_a_missed_promise_wakes_those_who_can_open_it(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    make_case(programme, danger=Danger.NOW, exclusions=Exclusions(person="Leyla"))
    for passed in (0, 10):
        time.move(passed * MINUTE)
        woken(pager)
        for page in queries.pages_for(programme.desk("ines")):
            escalation.acknowledge(page.id, programme.desk("ines"))
    time.move(5 * MINUTE)

    assert woken(pager) == {"ines", "idris"}


def test_that_somebody_has_it_stands_in_the_record(programme: Programme, time: Clock, pager: KeptPages) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken(pager)
    escalation.acknowledge(queries.pages_for(programme.desk("ines"))[0].id, programme.desk("ines"))

    assert [each.action for each in audit.entries_for(made.id)][-1] == "page.acknowledged"


def test_a_page_is_repeated_until_somebody_has_it(programme: Programme, time: Clock, pager: KeptPages) -> None:
    make_case(programme, danger=Danger.NOW)
    first, again_at_once = woken(pager), woken(pager)
    time.move(5 * MINUTE)
    again = woken(pager)
    for page in queries.pages_for(programme.desk("ines")):
        escalation.acknowledge(page.id, programme.desk("ines"))
    time.move(4 * MINUTE)

    assert (first, again_at_once, again) == (set(STAFF), set(), set(STAFF))
    assert woken(pager) == set()


def test_a_page_says_nothing_but_that_something_waits(programme: Programme, time: Clock, pager: KeptPages) -> None:
    made = make_case(programme, danger=Danger.NOW)
    escalate_due()

    page = pager.sent_to("ines")[0]

    assert page.number.isdigit()
    assert made.receipt.number not in repr(page)


def test_the_ladder_goes_on_until_a_person_has_answered(programme: Programme, time: Clock, pager: KeptPages) -> None:
    make_case(programme, danger=Danger.NOW)
    woken(pager)
    for page in queries.pages_for(programme.desk("idris")):
        escalation.acknowledge(page.id, programme.desk("idris"))
    told = {}
    for minute in range(1, 121):
        time.move(MINUTE)
        if names := woken(pager):
            told[minute] = names
        for page in queries.pages_for(programme.desk("leyla")):
            escalation.acknowledge(page.id, programme.desk("leyla"))

    # 10: the reply is near; 15: it is missed; 40: the end is near; 60: it is missed, and the ladder.
    assert told == {
        10: set(STAFF),
        15: {"leyla"},
        40: set(STAFF),
        60: {"leyla"},
        90: set(STAFF),
        120: set(STAFF),
    }


def test_an_answer_stops_the_pages_about_it(programme: Programme, time: Clock, pager: KeptPages) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken(pager)
    work.take_case(made.id, programme.desk("ines"))
    work.answer(made.id, made.report_id, "I am here.", programme.desk("ines"), key=new_id())
    time.move(20 * MINUTE)

    assert woken(pager) == set()
    assert queries.pages_for(programme.desk("ines")) == []


def test_once_a_case_is_taken_its_holder_is_woken_before_the_promise_is_missed(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    make_case(programme, stage=Stage.TRIAGE)
    time.move(81 * MINUTE)

    assert woken(pager) == {"ines"}


def test_a_missed_promise_wakes_the_leads(programme: Programme, time: Clock, pager: KeptPages) -> None:
    make_case(programme, stage=Stage.TRIAGE)
    time.move(81 * MINUTE)
    woken(pager)
    time.move(40 * MINUTE)

    assert "leyla" in woken(pager)


def test_only_whoever_can_open_the_case_says_i_have_it(programme: Programme, time: Clock, pager: KeptPages) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken(pager)
    page = queries.pages_for(programme.desk("ines"))[0]
    work.take_case(made.id, programme.desk("idris"))

    with pytest.raises(NotAllowed):
        escalation.acknowledge(page.id, programme.desk("ines"))
    assert queries.pages_for(programme.desk("ines")) == []


def test_a_silent_pager_is_tried_again_and_stops_nobody_else(programme: Programme, time: Clock) -> None:
    class Silent:
        name = "silent"

        def send(self, page: paging.Page) -> None:
            raise Unavailable("pager.silent", "The pager did not answer.")

    kept, silent = KeptPages("another"), Silent()
    with paging.registered(kept, silent):
        channel.set_pager_address(programme.desk("ines"), silent.name, "ines")
        channel.set_pager_address(programme.desk("leyla"), kept.name, "leyla")
        make_case(programme, danger=Danger.NOW)
        escalate_due()
        time.move(MINUTE)
        escalate_due()

    waiting = queries.pages_for(programme.desk("ines"))
    assert {page.address for page in kept.pages} == {"leyla"}
    assert [page.times for page in waiting] == [2]


def test_a_flood_wakes_each_person_once_and_not_once_a_case(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    for _ in range(5):
        make_case(programme, danger=Danger.NOW)

    escalate_due()

    assert sorted(page.address for page in pager.pages) == sorted(STAFF)
    assert len(queries.pages_for(programme.desk("ines"))) == 5


def test_rungs_are_raised_without_asking_any_pager(programme: Programme, pager: KeptPages) -> None:
    make_case(programme, danger=Danger.NOW)

    assert escalation.raise_due_rungs() == 1
    assert pager.pages == []
    assert escalation.send_waiting_pages() == len(STAFF)


def test_a_closed_case_wakes_nobody(programme: Programme, time: Clock, pager: KeptPages) -> None:
    make_case(programme, danger=Danger.NOW, stage=Stage.CLOSED)
    time.move(timedelta(days=30))

    assert woken(pager) == set()


def test_the_partner_sees_in_the_record_that_its_case_was_escalated(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken(pager)

    actions = [line.action for line in queries.case_for(made.id, programme.desk("ines")).timeline]

    assert "report.escalated" in actions
