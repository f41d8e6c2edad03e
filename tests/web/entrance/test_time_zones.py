"""Choosing one's own time zone, and what pages say then."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from safeconduct.kernel import clock
from safeconduct.web.entrance import time_zones
from tests.programme import Programme

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def door(programme: Programme, browser: Client) -> Client:
    browser.cookies["desk"] = programme.cookie("ines")
    return browser


def test_pages_say_times_in_the_zone_that_was_chosen(door: Client) -> None:
    answer = door.post("/your-key/time-zone", {"zone": "Africa/Nairobi"})

    assert answer.headers["Location"] == "/your-key#times"
    assert re.search(r"<span>\d\d:\d\d Nairobi time</span>", door.get("/console/").content.decode())
    assert '<option value="Africa/Nairobi" selected>' in door.get("/your-key").content.decode()


def test_the_time_in_the_head_leads_to_ones_own_clock(door: Client) -> None:
    head = door.get("/console/").content.decode()

    assert re.search(r'<a href="/your-key#clock" aria-label="Your clock: \d\d:\d\d UTC"', head)
    assert '<h2 id="clock">' in door.get("/your-key").content.decode()


def test_whoever_chose_none_reads_times_in_the_deployments_zone(door: Client, settings: object) -> None:
    assert re.search(r"<span>\d\d:\d\d UTC</span>", door.get("/console/").content.decode())

    settings.PAGE_ZONE = ZoneInfo("Asia/Kolkata")  # type: ignore[attr-defined] # the fixture has no type of its own
    assert re.search(r"<span>\d\d:\d\d Kolkata time</span>", door.get("/console/").content.decode())


def test_a_zone_that_is_none_is_refused_in_words(door: Client) -> None:
    answer = door.post("/your-key/time-zone", {"zone": "Nowhere"})

    assert answer.status_code == 409
    assert "No time zone has this name." in answer.content.decode()


def test_every_place_is_offered_once_with_the_time_it_is_there() -> None:
    with clock.use(lambda: NOON):
        groups = time_zones.grouped("Africa/Nairobi")

    offered = [zone for group in groups for zone in group.zones]
    assert len(offered) == len({zone.name for zone in offered}) > 400
    assert [zone.words for zone in offered if zone.chosen] == ["Kenya, Nairobi: 15:00"]


def test_a_zone_that_left_the_list_stays_chosen() -> None:
    offered = [zone for group in time_zones.grouped("Asia/Calcutta") for zone in group.zones]

    assert [zone.name for zone in offered if zone.chosen] == ["Asia/Calcutta"]
