"""The page that says how long a case is kept: a hold, its end, and erasing before the time, each by two people."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from safeconduct.domains.cases.models import ErasureWish, Hold
from safeconduct.domains.cases.rules import Stage
from safeconduct.kernel import clock
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import at

Browser = Callable[[str], Client]
LAW = "A court asked us to keep it."


@pytest.fixture
def closed(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.CLOSED)


def page(browser: Client, case_id: UUID) -> str:
    return browser.get(at("keeping", case_id)).content.decode()


def in_days(days: int) -> str:
    return (clock.now().date() + timedelta(days=days)).isoformat()


def test_the_page_says_on_which_day_a_closed_case_is_erased_and_when_no_backup_holds_it(
    ines: Client, closed: MadeCase
) -> None:
    shown = page(ines, closed.id)

    assert "It is erased on" in shown
    assert "Nothing holds this case." in shown


def test_a_hold_asked_by_one_and_agreed_by_a_lead_stands_until_it_is_lifted(browser: Browser, closed: MadeCase) -> None:
    ines, leyla = browser("ines"), browser("leyla")

    ines.post(at("ask-hold", closed.id), {"reason": LAW, "review_on": in_days(90)})
    hold = Hold.objects.get().id
    leyla.post(at("agree-hold", closed.id, hold))
    held, listed = page(ines, closed.id), leyla.get(at("holds")).content.decode()
    leyla.post(at("ask-lift", closed.id, hold), {"reason": "The court is done."})
    waiting = page(ines, closed.id)
    ines.post(at("agree-lift", closed.id, hold))

    assert "A hold protects it." in held
    assert closed.receipt.number in listed
    assert "I agree: lift it" in waiting
    assert "I agree: lift it" not in page(leyla, closed.id)
    assert "A hold that was lifted" in page(ines, closed.id)


def test_one_lead_alone_lifts_no_hold_that_took_two(browser: Browser, closed: MadeCase) -> None:
    ines, leyla = browser("ines"), browser("leyla")
    ines.post(at("ask-hold", closed.id), {"reason": LAW, "review_on": in_days(90)})
    hold = Hold.objects.get().id
    leyla.post(at("agree-hold", closed.id, hold))

    refused = leyla.post(at("lift-hold", closed.id, hold), {"reason": "The court is done."})
    leyla.post(at("ask-lift", closed.id, hold), {"reason": "The court is done."})
    alone = leyla.post(at("agree-lift", closed.id, hold))

    assert "so two lift it" in refused.content.decode()
    assert alone.status_code == 409
    assert Hold.objects.get().ended_on is None


def test_the_list_of_holds_says_that_one_nobody_agreed_to_ends_after_a_week(ines: Client, closed: MadeCase) -> None:
    ines.post(at("ask-hold", closed.id), {"reason": LAW, "review_on": in_days(90)})

    listed, kept = ines.get(at("holds")).content.decode(), page(ines, closed.id)

    assert "never by itself" not in listed
    assert "Once a second person has agreed, it ends only when two people lift it." in listed
    assert "Until a second person agrees, it protects for one week." in kept


def test_what_was_typed_stays_when_a_hold_is_refused(ines: Client, closed: MadeCase) -> None:
    answer = ines.post(at("ask-hold", closed.id), {"reason": LAW, "review_on": in_days(900)})

    assert "within the next twelve months" in answer.content.decode()
    assert LAW in answer.content.decode()
    assert not Hold.objects.exists()


def test_one_person_alone_neither_holds_nor_erases(ines: Client, closed: MadeCase) -> None:
    ines.post(at("ask-hold", closed.id), {"reason": LAW, "review_on": in_days(90)})
    refused = ines.post(at("agree-hold", closed.id, Hold.objects.get().id))

    assert refused.status_code == 409
    assert "Somebody else must agree" in refused.content.decode()
    assert Hold.objects.get().agreed_on is None


def test_two_people_erase_a_case_and_read_when_it_is_complete(browser: Browser, closed: MadeCase) -> None:
    ines, leyla = browser("ines"), browser("leyla")

    ines.post(at("ask-erasure", closed.id), {"reason": "She asks for it, and the law with her."})
    answer = leyla.post(at("agree-erasure", closed.id, ErasureWish.objects.get().id))

    assert "The case is erased" in answer.content.decode()
    assert ines.get(at("case", closed.id)).status_code == 404


def test_a_wish_to_erase_can_be_taken_back(ines: Client, closed: MadeCase) -> None:
    ines.post(at("ask-erasure", closed.id), {"reason": "By law."})
    ines.post(at("withdraw-erasure", closed.id, ErasureWish.objects.get().id))

    assert "Somebody asks to erase it now" not in page(ines, closed.id)


def test_an_open_case_says_that_its_time_has_not_begun(ines: Client, taken: MadeCase) -> None:
    assert "Its time begins on the day it is closed." in page(ines, taken.id)
