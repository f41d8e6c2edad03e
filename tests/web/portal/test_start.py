"""The first page: what it promises, what it weighs, and what it leaves behind."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from safeconduct.domains.cases.checks import SomebodyMayFile
from safeconduct.domains.cases.services import channel
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.web.portal.checks import CHECKS
from safeconduct.web.portal.service import service
from tests.cast import PARTNER_NAME
from tests.partnership import welcome
from tests.programme import PARTNER_ID, Programme
from tests.web.visitor import Visitor

KILOBYTE = 1000


def verified(day: str) -> str:
    entry = {"name": "Lantern Line", "reach": "+00 555 0142", "words": {"en": "Day and night."}, "verified_on": day}
    return json.dumps({"hours": {"en": "From 08:00 to 20:00 UTC."}, "emergency": [entry]})


def test_the_first_page_says_what_can_be_had_and_what_cannot(visitor: Visitor) -> None:
    visitor.open()

    for promise in ("15 minutes", "not an emergency service", "Lantern Line", "08:00 to 20:00", "cannot protect"):
        assert promise in visitor.page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_page_is_light(visitor: Visitor, language: str) -> None:
    visitor.language = language
    html = len(visitor.open().answer.content)
    sheets = [
        Path(str(finders.find(f"safeconduct/{name}"))) for name in re.findall(r"safeconduct/(\w+\.css)", visitor.page)
    ]
    style = sum(sheet.stat().st_size for sheet in sheets)

    assert [sheet.name for sheet in sheets] == ["base.css"]
    assert html < 12 * KILOBYTE
    assert style < 24 * KILOBYTE
    assert re.findall(r"<(?:script|img|iframe|svg)|style=|url\(|https?://", visitor.page) == []


def test_a_number_nobody_has_called_for_half_a_year_is_not_shown(data_folder: Path) -> None:
    (data_folder / "portal.json").write_text(verified("2026-05-01"))

    with clock.use(lambda: datetime(2026, 10, 30, tzinfo=UTC)):
        shown = service("en").emergency
    with clock.use(lambda: datetime(2026, 11, 20, tzinfo=UTC)):
        later = service("en").emergency

    assert [one.reach for one in shown] == ["+00 555 0142"]
    assert later == ()


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        "[" * 200_000,
        "[]",
        '{"hours": "all day", "emergency": "us"}',
        '{"emergency": [{"verified_on": "soon"}]}',
        '{"emergency": ["us", {"verified_on": "simulated", "name": "Somebody"}]}',
    ],
)
def test_a_damaged_file_shows_nothing_and_doctor_says_so(data_folder: Path, damaged: str) -> None:
    (data_folder / "portal.json").write_text(damaged)

    assert service("en").emergency == ()
    assert [check.run().well for check in CHECKS] == [False, False]


def test_a_simulated_number_is_never_shown_in_a_real_programme(data_folder: Path, settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined] # pytest-django's settings wrapper
    (data_folder / "portal.json").write_text(verified("simulated"))

    assert service("en").emergency == ()


def test_a_door_for_partners_that_no_partner_can_come_through_is_called_shut(visitor: Visitor) -> None:
    channel.open_channel("partners", by=OPERATOR)

    visitor.open()

    assert "New reports cannot be sent here now" in visitor.page
    assert "organisations that people trust" not in visitor.page
    assert not SomebodyMayFile().run().well


def test_while_the_door_is_for_partners_the_page_offers_only_the_way_back(
    visitor: Visitor, programme: Programme
) -> None:
    welcome(programme, PARTNER_ID, PARTNER_NAME)
    channel.open_channel("partners", by=OPERATOR)

    visitor.open()

    assert {button for form in visitor.forms for button in form.buttons} == {"code"}
    assert "organisations that people trust" in visitor.page


def test_a_closed_door_says_so_and_where_else_to_turn(visitor: Visitor, data_folder: Path) -> None:
    step = {
        "kind": "helpline",
        "name": "Meadow Line",
        "reach": "+00 555 0177",
        "verified_on": f"{clock.now():%Y-%m-%d}",
    }
    (data_folder / "remedy.json").write_text(json.dumps({"next_steps": [step]}))
    channel.close_channel(by=OPERATOR)

    visitor.open()

    assert {button for form in visitor.forms for button in form.buttons} == {"code"}
    assert "New reports cannot be sent here now" in visitor.page
    assert "+00 555 0177" in visitor.page
    for untrue in ("organisations that people trust", "You can get help here"):
        assert untrue not in visitor.page


def test_leaving_clears_what_was_stored_and_goes_on(visitor: Visitor) -> None:
    answer = visitor.client.get("/leave")

    assert answer.status_code == 303
    assert answer["Location"] == "/leave/weather"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Help" not in visitor.client.get("/leave/weather").content.decode()


def test_leaving_goes_where_the_operator_says(visitor: Visitor, settings: object) -> None:
    settings.LEAVE_TO = "https://weather.example/"  # type: ignore[attr-defined] # pytest-django's settings wrapper

    assert visitor.client.get("/leave")["Location"] == "https://weather.example/"
