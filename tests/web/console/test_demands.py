"""The register of demands in the console: from the letter as it came to the file that leaves, without script."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.demands.models import Demand
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.demands.making import READING, STEPS, WORDS
from tests.programme import Programme

LETTER = {
    "authority": "Delta Prosecutor, Second Office",
    "basis": "Order 7/2026",
    "asked": "All she wrote.",
    "received_on": "2026-10-01",
    "key": str(UUID(int=7)),
}
ANSWERS = {step.value: found.answer.value for step, found in STEPS.items()} | {
    f"{step.value}_words": found.words for step, found in STEPS.items()
}


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.ACTING)


def to(name: str, *ids: UUID) -> str:
    return reverse(f"console:{name}", args=(Demand.objects.get().id, *ids))


def log(client: Client) -> None:
    client.post(reverse("console:demands"), LETTER)


def propose(client: Client, made: MadeCase) -> HttpResponse:
    """Take every step, choose what the reporter first wrote, and ask for a second person."""
    client.post(to("demand-steps"), ANSWERS | {"reading": READING})
    client.post(to("demand-choose", made.id), {"piece": [str(made.report_id)]})
    return client.post(to("demand-propose"), follow=True)  # type: ignore[return-value] # Django's test client


def test_a_demand_goes_from_the_letter_to_the_file_by_two_people_and_she_is_told(
    ines: Client, browser: Callable[[str], Client], made: MadeCase
) -> None:
    log(ines)
    assert "Waits for a second person" in propose(ines, made).content.decode()
    leyla = browser("leyla")
    assert "Waits for you, as the second person." in leyla.get(reverse("console:demands")).content.decode()

    leyla.post(to("demand-second"), {"go": "approve"})
    file = ines.post(to("demand-hand-over"), {"words": WORDS})

    assert file["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(file.content)) as archive:
        assert archive.read("piece-01.bin").decode() == made.answers.text
    assert cases.conversation_for(made.report_id, made.ring).messages[-1].text == WORDS
    assert "approved by Leyla" in ines.get(to("demand")).content.decode()


def test_what_was_typed_is_kept_and_the_missing_is_named(ines: Client) -> None:
    page = ines.post(reverse("console:demands"), LETTER | {"asked": ""}).content.decode()

    assert "Say what it asks for." in page
    assert "Delta Prosecutor" in page
    assert not Demand.objects.exists()


def test_without_a_basis_the_page_offers_the_refusal_and_nothing_leaves(ines: Client, made: MadeCase) -> None:
    log(ines)
    ines.post(to("demand-steps"), ANSWERS | {"basis": "no", "reading": READING})
    ines.post(to("demand-choose", made.id), {"piece": [str(made.report_id)]})

    refused = ines.post(to("demand-propose"))
    ines.post(to("demand-refuse"), {"refusal": "You name no order.", "words": WORDS})

    assert refused.status_code == 409
    assert "Without a legal basis that binds you here, nothing leaves." in refused.content.decode()
    assert "You name no order." in ines.get(to("demand")).content.decode()


def test_a_case_of_others_cannot_be_named_and_there_is_no_search(ines: Client, programme: Programme) -> None:
    log(ines)
    others = make_case(programme, stage=Stage.ACTING, by="leyla")

    answer = ines.post(to("demand-find"), {"number": others.receipt.number})

    assert answer.status_code == 409
    assert ines.get(to("demand-choose", others.id)).status_code == 404


def test_whoever_did_not_log_it_and_is_no_lead_finds_nothing(browser: Callable[[str], Client]) -> None:
    log(browser("leyla"))

    assert browser("ines").get(to("demand")).status_code == 404
    assert "Delta" not in browser("ines").get(reverse("console:demands")).content.decode()


def test_a_lead_takes_it_over_on_its_page(browser: Callable[[str], Client]) -> None:
    log(browser("ines"))
    leyla = browser("leyla")
    assert "Take it over" in leyla.get(to("demand")).content.decode()

    page = leyla.post(to("demand-take-over"), follow=True).content.decode()

    assert "Take it over" not in page
    assert "Take the steps" in page
    assert browser("ines").get(to("demand")).status_code == 404


def test_the_file_that_left_can_be_saved_again_where_the_first_was_lost(
    ines: Client, browser: Callable[[str], Client], made: MadeCase
) -> None:
    log(ines)
    propose(ines, made)
    assert ines.post(to("demand-file")).status_code == 409
    browser("leyla").post(to("demand-second"), {"go": "approve"})
    file = ines.post(to("demand-hand-over"), {"words": WORDS})

    again = ines.post(to("demand-file"))

    assert "Save the file again" in ines.get(to("demand")).content.decode()
    assert (again["Content-Type"], again.content) == ("application/zip", file.content)
