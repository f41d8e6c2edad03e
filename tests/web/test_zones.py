"""Times on pages: in the reader's own zone, which is named, and true on the days on which clocks are changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from safeconduct.kernel import clock
from safeconduct.web import zones
from safeconduct.web.console import times
from safeconduct.web.templatetags.safeconduct import at

pytestmark = pytest.mark.one_database

BERLIN, NAIROBI, CHATHAM = ZoneInfo("Europe/Berlin"), ZoneInfo("Africa/Nairobi"), ZoneInfo("Pacific/Chatham")
NEW_YORK, ST_JOHNS = ZoneInfo("America/New_York"), ZoneInfo("America/St_Johns")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-03-29 00:59", "01:59"),
        ("2026-03-29 01:00", "03:00"),
        ("2026-10-24 23:59", "01:59"),
        ("2026-10-25 00:30", "02:30 (UTC+2)"),
        ("2026-10-25 01:30", "02:30 (UTC+1)"),
        ("2026-10-25 02:00", "03:00"),
    ],
)
def test_no_time_is_ambiguous_when_clocks_are_changed(moment: str, shown: str) -> None:
    with zones.told_in(BERLIN):
        assert zones.hour(utc(moment)) == shown
        assert times.at(utc(moment)).endswith(shown)


def test_zones_behind_and_half_hours_away_are_told_apart_too() -> None:
    with zones.told_in(ST_JOHNS):
        assert zones.hour(utc("2026-11-01 04:00")) == "01:30 (UTC−2:30)"
        assert zones.hour(utc("2026-11-01 05:00")) == "01:30 (UTC−3:30)"


@pytest.mark.parametrize(
    ("zone", "now", "moment", "words"),
    [
        (NAIROBI, "2026-11-20 14:00", "2026-11-20 14:20", "17:20 Nairobi time"),
        (NAIROBI, "2026-11-20 14:00", "2026-11-20 21:20", "00:20 Nairobi time tomorrow"),
        (NEW_YORK, "2026-11-20 23:00", "2026-11-21 02:00", "21:00 New York time"),
        (CHATHAM, "2026-11-20 08:00", "2026-11-20 12:00", "01:45 Chatham time tomorrow"),
        (BERLIN, "2026-03-28 20:00", "2026-03-29 21:59", "23:59 Berlin time tomorrow"),
        (BERLIN, "2026-03-28 20:00", "2026-03-29 22:00", "30 March, 00:00 Berlin time"),
        (None, "2026-12-31 14:00", "2027-01-02 14:20", "2 January 2027, 14:20 UTC"),
    ],
)
def test_a_time_stands_with_its_zone_and_the_readers_own_day(
    zone: ZoneInfo | None, now: str, moment: str, words: str
) -> None:
    with clock.use(lambda: utc(now)), zones.told_in(zone):
        shown = at(utc(moment))

    assert shown == f'<time datetime="{utc(moment):%Y-%m-%dT%H:%MZ}">{words}</time>'


def test_the_console_counts_days_as_its_reader_does() -> None:
    with clock.use(lambda: utc("2026-11-20 23:00")), zones.told_in(NEW_YORK):
        assert times.at(utc("2026-11-21 02:00")) == "21:00"
        assert times.at(utc("2026-11-21 05:00")) == "21 Nov 00:00"
        assert times.on(utc("2026-11-21 05:00")) == "Sat"


def test_a_zone_is_named_in_the_language_of_the_page() -> None:
    with clock.use(lambda: utc("2026-11-20 14:00")), zones.told_in(NAIROBI), translation.override("ar"):
        assert ">17:20 بتوقيت نيروبي<" in at(utc("2026-11-20 14:20"))
