"""Letting us know one's name, or not: kept sealed, shown to nobody on the way, with who asked, and taken back."""

from pathlib import Path

import pytest

from safeconduct.domains.defenders import services
from safeconduct.domains.defenders.models import Identity
from tests.domains.cases.making import open_door
from tests.programme import Programme, found_with_benches
from tests.web.portal.walks import open_case
from tests.web.visitor import Visitor

NAME = "Amina Tarhouni"


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    made = found_with_benches()
    open_door(made)
    return made


def named(visitor: Visitor) -> Visitor:
    open_case(visitor)
    return visitor.press("name").press("name-keep", names=NAME, contacts="", agree="yes")


def test_a_name_is_kept_under_a_pseudonym_and_not_shown_again(visitor: Visitor) -> None:
    page = named(visitor).page

    assert Identity.objects.get().pseudonym in page
    assert NAME not in page


def test_without_a_yes_nothing_is_kept_and_what_was_typed_stays(visitor: Visitor) -> None:
    open_case(visitor)
    page = visitor.press("name").press("name-keep", names=NAME).page

    assert "Tick that you agree" in page
    assert NAME in page
    assert not Identity.objects.exists()


def test_whoever_gave_a_name_reads_who_asked_and_why(visitor: Visitor, programme: Programme) -> None:
    named(visitor)
    asking = services.ask_for(Identity.objects.get().pseudonym, "Somebody writes as her.", by=programme.desk("ines"))
    for custodian in ("chiara", "kofi"):
        services.approve(asking, by=programme.desk(custodian))
    services.read_once(asking, by=programme.desk("ines"))

    page = visitor.open().press("name").page

    assert all(words in page for words in ("Ines", "Somebody writes as her.", "Chiara", "Kofi", "Read"))


def test_whoever_gave_a_name_takes_it_back_at_once(visitor: Visitor) -> None:
    page = named(visitor).press("name-forget").page

    assert "Let us know who you are" in page
    assert not Identity.objects.exists()


def test_the_page_says_that_help_is_the_same_without_a_name(visitor: Visitor) -> None:
    open_case(visitor)

    assert "Help is the same without it." in visitor.press("name").page
