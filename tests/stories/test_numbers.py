"""The story of a quiet month: twelve cases close, one of them Amina's, and Victor has all figures and a computer."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from safeconduct.domains.cases.rules import Threat
from safeconduct.domains.transparency.rules import LARGEST_HIDDEN, documents
from tests.domains.transparency.attack import Attack
from tests.domains.transparency.conftest import (  # the programme whose cases really close
    Calendar,
    CloseCases,
    _a_fresh_door,
    close_cases,
    programme,
    time,
)
from tests.programme import Programme

__all__ = ["_a_fresh_door", "close_cases", "programme", "time"]
HERS = ("T5", "southern-europe", "ar")


@pytest.fixture
def month(programme: Programme, close_cases: CloseCases, time: Calendar) -> None:
    """Close twelve cases in October and let Leyla publish them in November."""
    close_cases(6)
    close_cases(5, country="MX", threat=Threat.T8)
    close_cases(country="XK", language="ar", threat=Threat.T5)
    time.stand_on(2026, 11, 3)
    leyla = programme.browser("leyla")
    shown = leyla.get("/console/numbers", {"last": "2026-10"}).context["shown"]
    leyla.post("/console/numbers/publish", {"last": "2026-10", "shown": str(shown)})


@pytest.mark.usefixtures("month")
def test_twelve_cases_are_published_and_amina_cannot_be_picked_out(client: Client) -> None:
    page = client.get("/numbers/2026-10").content.decode()
    file = client.get("/numbers/2026-10.json").content.decode()
    lines = list(csv.DictReader(StringIO(client.get("/numbers/2026-10.csv").content.decode())))

    assert "12 cases closed." in page
    assert {line["count"] for line in lines if line["row"] in HERS} == {"not shown"}
    assert {int(line["count"]) for line in lines if line["count"].isdigit()} == {12}
    numbers = documents.read(file).numbers
    bounds = [each for table in numbers.tables for each in Attack(numbers, [table], wanted=HERS).bounds()]
    hers = [(least, most) for name, least, most in bounds if name.split()[-1] in HERS]
    assert len(hers) == len(HERS)
    assert all(least == 0 and most - least >= LARGEST_HIDDEN for least, most in hers)
    assert json.loads(file)["numbers"]["cases"] == 12


@pytest.mark.usefixtures("month")
def test_a_quiet_month_says_nothing_of_its_appeals_acts_and_demands(client: Client) -> None:
    file = json.loads(client.get("/numbers/2026-10.json").content)["numbers"]
    lines = list(csv.DictReader(StringIO(client.get("/numbers/2026-10.csv").content.decode())))

    assert (file["appeals"], file["demands"], file["acts"]) == (None, None, None)
    assert {line["count"] for line in lines if line["of"] in {"appeals", "acts", "demands"}} == {"not shown"}
    assert "Too few appeals were decided to show a figure" in client.get("/numbers/2026-10").content.decode()
