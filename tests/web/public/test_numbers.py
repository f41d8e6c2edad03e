"""Promises about the public numbers, and about the lead's page that makes them public."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from safeconduct.domains.transparency.rules import fingerprint_id
from safeconduct.domains.transparency.views import Published
from tests.programme import Programme


@pytest.mark.django_db
def test_before_the_first_period_the_page_says_so_and_shows_no_figure(client: Client) -> None:
    page = client.get("/numbers")

    assert page.status_code == 200
    assert "No period has been published yet." in page.content.decode()


def test_cases_of_a_period_that_is_not_closed_are_nowhere_in_public(
    programme: Programme, november: None, client: Client
) -> None:
    assert "157" not in client.get("/numbers").content.decode()
    assert client.get("/numbers/2026-10").status_code == 404
    assert client.get("/numbers/2026-10.json").status_code == 404


def test_the_page_says_each_figure_in_plain_words(published: Published, client: Client) -> None:
    page = client.get("/numbers").content.decode()

    assert "Numbers, October 2026" in page
    assert "157 cases closed." in page
    assert "Reported most often: Private details made public" in page
    assert "116 of 157" in page  # first replies
    assert "Not shown by themselves" in page


def test_one_case_of_its_kind_is_in_no_figure(published: Published, client: Client) -> None:
    for address in ("/numbers", "/numbers/2026-10.csv"):
        page = client.get(address).content.decode()
        lines = [line for line in page.splitlines() if "life or liberty" in line or ",T9," in line]
        assert lines
        assert not any(">1<" in line or ",1," in line for line in lines)


def test_page_json_and_csv_hold_the_same_figures(published: Published, client: Client) -> None:
    said = json.loads(client.get("/numbers/2026-10.json").content)
    lines = list(csv.DictReader(StringIO(client.get("/numbers/2026-10.csv").content.decode())))

    threats = next(table for table in said["numbers"]["tables"] if table["by"] == "threat")
    as_json = {row["row"]: row["count"] for row in threats["rows"] if row["count"]}
    as_csv = {
        line["row"]: int(line["count"]) for line in lines if line["table"] == "threat" and line["count"].isdigit()
    }
    assert as_json.items() < as_csv.items()
    assert said["simulated"] is True


@pytest.mark.django_db(transaction=True)
def test_the_proof_beside_the_file_is_of_the_file(published: Published, client: Client) -> None:
    file = client.get("/numbers/2026-10.json").content
    proof = json.loads(client.get("/numbers/2026-10.proof.json").content)

    assert str(fingerprint_id(file)) in json.dumps(proof)
    assert "member:" not in json.dumps(proof), "the proof names a member of staff"


def test_nothing_is_stored_in_the_browser_and_no_script_runs(published: Published, client: Client) -> None:
    answer = client.get("/numbers")

    assert not answer.cookies
    assert "<script" not in answer.content.decode()


def test_the_arabic_page_is_drawn_from_right_to_left(published: Published, client: Client) -> None:
    page = client.get("/numbers", {"l": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert '<text class="c-text" x="640"' in page


def test_a_lead_sees_what_will_be_published_and_publishes_it(programme: Programme, november: None) -> None:
    leyla = programme.browser("leyla")
    page = leyla.get("/console/numbers", {"last": "2026-10"})
    assert "This will be published: 157 cases" in page.content.decode()

    leyla.post("/console/numbers/publish", {"last": "2026-10", "shown": str(page.context["shown"])})

    assert "157 cases closed." in Client().get("/numbers").content.decode()


def test_a_responder_finds_no_page_for_closing(programme: Programme, november: None) -> None:
    ines = programme.browser("ines")

    assert ines.get("/console/numbers", {"last": "2026-10"}).status_code == 404
    assert ines.post("/console/numbers/publish", {"last": "2026-10", "shown": "x"}).status_code == 404


def test_what_was_not_shown_is_not_published(programme: Programme, november: None, client: Client) -> None:
    leyla = programme.browser("leyla")

    answer = leyla.post("/console/numbers/publish", {"last": "2026-10", "shown": "something else"})

    assert answer.status_code in {400, 409, 422}
    assert "157" not in client.get("/numbers").content.decode()


def test_a_month_that_is_no_month_is_nothing(programme: Programme, november: None) -> None:
    leyla = programme.browser("leyla")

    assert leyla.get("/console/numbers", {"last": "2026-13"}).status_code == 404
