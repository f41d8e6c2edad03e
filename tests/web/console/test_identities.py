"""Identities in the console: enrolled from a case, asked for, approved by one of each bench, read once."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from typer.testing import CliRunner

from safeconduct.cli.audit import app as audit_app
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.defenders.models import Asking, Identity
from tests.domains.cases.making import MadeCase, make_case, open_door
from tests.domains.defenders.making import CONTACT, NAME, REASON
from tests.programme import Programme, found_with_benches
from tests.web.console.conftest import at

Signed = Callable[[str], Client]
CONSENT = "She wrote: yes."


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    made = found_with_benches()
    open_door(made)
    return made


@pytest.fixture
def taken(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE)


def send(client: Client, word: str, made: MadeCase, **said: str) -> str:
    named = {f"{word}-{made.report_id}-{name}": value for name, value in said.items()}
    return client.post(at(f"identity-{word}", made.id, made.report_id), named, follow=True).content.decode()


def enrol(client: Client, made: MadeCase) -> str:
    return send(client, "enrol", made, names=NAME, contacts=CONTACT, consent=CONSENT)


def approved(browser: Signed, made: MadeCase) -> UUID:
    enrol(browser("ines"), made)
    send(browser("ines"), "ask", made, reason=REASON)
    asking = Asking.objects.get().id
    for custodian in ("yara", "joon"):
        browser(custodian).post(at("asking-approve", asking))
    return asking


def test_whoever_has_taken_a_case_enrols_its_reporter_and_sees_a_pseudonym_alone(ines: Client, taken: MadeCase) -> None:
    page = enrol(ines, taken)

    assert "Pseudonym" in page
    assert NAME not in page
    assert NAME not in ines.get(at("case", taken.id)).content.decode()


def test_without_consent_nothing_is_kept_and_what_was_typed_stays(ines: Client, taken: MadeCase) -> None:
    page = send(ines, "enrol", taken, names=NAME, contacts="", consent="")

    assert "Nobody is enrolled without it" in page
    assert NAME in page


def test_an_asking_shows_its_reason_to_the_benches_and_is_read_once_behind_veils(
    browser: Signed, taken: MadeCase
) -> None:
    enrol(browser("ines"), taken)
    send(browser("ines"), "ask", taken, reason=REASON)
    asking = Asking.objects.get().id
    assert REASON in browser("yara").get(at("identities")).content.decode()
    for custodian in ("yara", "joon"):
        browser(custodian).post(at("asking-approve", asking))

    answer = browser("ines").post(at("identity-read", asking))
    again = browser("ines").post(at("identity-read", asking)).content.decode()

    assert NAME in answer.content.decode()
    assert answer.content.decode().count('<details class="veil">') == 4
    assert NAME not in again
    assert "asks anew" in again


def logged() -> list[tuple[str, str]]:
    """Read back with the public command who approved and who read, in the order of the signed record."""
    ask_cli = CliRunner().invoke
    assert ask_cli(audit_app, ["checkpoint"]).exit_code == 0
    assert "Every entry, every hash and every signature fits." in ask_cli(audit_app, ["verify"]).output
    entries = map(json.loads, ask_cli(audit_app, ["export"]).output.splitlines())
    mine = [each for each in entries if each.get("action") in {"identity.approved", "identity.read"}]
    assert len({each["subject"] for each in mine}) <= 1
    return [(each["action"], each["by"]) for each in mine]


def test_two_custodians_of_one_bench_cannot_open_an_identity_one_of_each_can_and_the_log_shows_it(
    browser: Signed, programme: Programme, taken: MadeCase
) -> None:
    enrol(browser("ines"), taken)
    send(browser("ines"), "ask", taken, reason=REASON)
    asking, who = (
        Asking.objects.get().id,
        {name: f"member:{programme.member_id(name)}" for name in ("ines", "yara", "joon")},
    )

    of_one_bench = [browser(name).post(at("asking-approve", asking)).status_code for name in ("yara", "chiara")]
    refused = browser("ines").post(at("identity-read", asking)).content.decode()
    before = logged()
    browser("joon").post(at("asking-approve", asking))
    read = browser("ines").post(at("identity-read", asking)).content.decode()

    assert (of_one_bench, "One custodian of each bench must approve first" in refused) == ([302, 409], True)
    assert (NAME in refused, NAME in read) == (False, True)
    assert before == [("identity.approved", who["yara"])]
    assert logged() == [*before, ("identity.approved", who["joon"]), ("identity.read", who["ines"])]


def test_the_page_before_reading_opens_nothing(browser: Signed, taken: MadeCase) -> None:
    asking = approved(browser, taken)

    assert NAME not in browser("ines").get(at("asking-read", asking)).content.decode()
    assert Asking.objects.get().stage == "approved"


def test_on_the_case_page_whoever_asked_is_led_to_the_one_reading_and_does_not_ask_again(
    browser: Signed, taken: MadeCase
) -> None:
    asking = approved(browser, taken)

    approved_page = browser("ines").get(at("identity", taken.id)).content.decode()
    browser("ines").post(at("identity-read", asking))
    read_page = browser("ines").get(at("identity", taken.id)).content.decode()

    assert at("asking-read", asking) in approved_page
    assert "Ask both benches" not in approved_page
    assert at("asking-read", asking) not in read_page
    assert "Ask both benches" in read_page


def test_a_colleague_of_whoever_asked_is_led_to_no_reading(browser: Signed, taken: MadeCase) -> None:
    asking = approved(browser, taken)

    page = browser("leyla").get(at("identity", taken.id)).content.decode()

    assert "Approved, not read yet" in page
    assert at("asking-read", asking) not in page


@pytest.mark.parametrize("who", ["leyla", "idris", "chiara"])
def test_nobody_else_reads_what_was_handed_to_one_colleague(browser: Signed, taken: MadeCase, who: str) -> None:
    asking = approved(browser, taken)

    page = browser(who).post(at("identity-read", asking)).content.decode()

    assert NAME not in page
    assert Asking.objects.get().stage == "approved"


def test_a_pseudonym_that_nobody_has_is_said_beside_the_field(ines: Client) -> None:
    page = ines.post(at("identities-ask"), {"pseudonym": "nobod-yhere", "reason": REASON}).content.decode()

    assert "Nobody is kept under this pseudonym" in page
    assert REASON in page


def test_a_case_page_shows_no_names_of_cases_that_are_tied(ines: Client, programme: Programme, taken: MadeCase) -> None:
    other = make_case(programme, stage=Stage.TRIAGE)
    enrol(ines, taken)
    pseudonym = Identity.objects.get().pseudonym

    page = send(ines, "tie", other, pseudonym=pseudonym, how="She called us.")

    assert pseudonym in page
    assert taken.receipt.number not in page


def test_the_case_page_offers_nobody_of_ours_to_destroy_a_name(ines: Client, taken: MadeCase) -> None:
    page = enrol(ines, taken)

    assert "Only they can take their name back" in ines.get(at("identity", taken.id)).content.decode()
    assert "erase" not in page


@pytest.mark.parametrize("who", ["tomas", "kofi"])
def test_a_partner_and_a_custodian_find_no_case_here(browser: Signed, taken: MadeCase, who: str) -> None:
    assert browser(who).get(at("identity", taken.id)).status_code == 404
