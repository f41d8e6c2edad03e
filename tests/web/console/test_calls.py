"""Being called, and the door: who can be woken, and what lets reports in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from safeconduct.connectors import paging
from safeconduct.domains.cases import door
from safeconduct.domains.cases.services import channel
from tests.domains.cases.making import KeptPages
from tests.web.console.conftest import at


@pytest.fixture
def pager() -> Iterator[KeptPages]:
    kept = KeptPages()
    with paging.registered(kept):
        yield kept


def test_a_trial_call_is_proved_by_typing_its_number_back(idris: Client, pager: KeptPages) -> None:
    idris.post(at("pager-address"), {"pager": "kept", "address": "+00 555 0142"})
    idris.post(at("pager-trial"))

    answer = idris.post(at("pager-number"), {"number": pager.pages[-1].number})

    assert pager.pages[-1].address == "+00 555 0142"
    assert answer["Location"] == at("calls")
    assert "A trial call last arrived" in idris.get(at("calls")).content.decode()


def test_a_wrong_number_is_refused_beside_the_field(idris: Client, pager: KeptPages) -> None:
    idris.post(at("pager-address"), {"pager": "kept", "address": "idris"})
    idris.post(at("pager-trial"))

    page = idris.post(at("pager-number"), {"number": "not it"}).content.decode()

    assert pager.pages
    assert "No trial call with this number went to you" in page


def test_an_address_for_a_pager_that_is_not_there_is_refused(idris: Client) -> None:
    page = idris.post(at("pager-address"), {"pager": "carrier-pigeon", "address": "x"}).content.decode()

    assert "Not done yet." in page


def test_a_service_without_a_pager_says_whom_to_ask(idris: Client) -> None:
    page = idris.get(at("calls")).content.decode()

    assert "SAFECONDUCT_MAIL" in page
    assert not any(at(name) in page for name in ("pager-address", "pager-trial", "pager-number"))


def test_the_door_says_all_that_keeps_it_shut(idris: Client, data_folder: Path) -> None:
    (data_folder / "portal.json").write_text("{}")

    page = idris.get(at("entry")).content.decode()

    assert "The first page names nobody who can come in an emergency." in page
    assert "The first page does not say when people answer." in page


def test_a_custodian_says_where_they_can_be_called(browser: Callable[[str], Client]) -> None:
    assert browser("chiara").get(at("calls")).status_code == 200
    assert browser("tomas").get(at("calls")).status_code == 404


def test_a_partner_and_a_custodian_find_no_door(browser: Callable[[str], Client]) -> None:
    for name in ("tomas", "chiara"):
        assert browser(name).get(at("entry")).status_code == 404
        assert browser(name).post(at("invite")).status_code == 404


def test_an_invitation_is_shown_once(ines: Client) -> None:
    words = ines.post(at("invite")).context["invitation"]

    channel.use_invitation(words)
    assert words not in ines.get(at("entry")).content.decode()


def test_a_lead_says_that_there_is_a_flood_and_a_responder_does_not(
    ines: Client, browser: Callable[[str], Client]
) -> None:
    refused = ines.post(at("say-flood"), {"flood": "on"})
    before = door.flooding()
    browser("leyla").post(at("say-flood"), {"flood": "on"})
    after = door.flooding()
    browser("leyla").post(at("say-flood"), {"flood": "count"})

    assert refused.status_code == 404
    assert (before, after, door.flooding()) == (False, True, False)


def test_each_press_on_the_calls_page_is_answered_with_what_it_did(idris: Client, pager: KeptPages) -> None:
    kept = idris.post(at("pager-address"), {"pager": "kept", "address": "idris"}, follow=True).content.decode()
    sent = idris.post(at("pager-trial"), follow=True).content.decode()

    assert "Your address is as you wrote it now" in kept
    assert "The trial call was sent" in sent
    assert pager.pages
