"""Languages: the one asked for, right to left where it belongs, every word of the portal there, and its origin said."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import RequestFactory
from django.utils import translation

from safeconduct import web
from safeconduct.web.language import chosen
from safeconduct.web.templatetags.safeconduct import at, span
from tests.web.visitor import Visitor

LOCALE = Path(web.__file__).parent.parent / "locale"
FOLDERS = sorted(path.parent for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\((\w+)\)[sd]")
A_CASE = re.compile(r"\bcases?\b", re.IGNORECASE)
A_STATE = re.compile(r"\b(?:[وف]?(?:ال|بال|لل|[بلك])?)حال(?:ة|ات|تان|تين|ت[كه])")
FOR_REPORTERS = ("web/portal", "web/templates/portal", "web/templates/base_portal", "connectors", "domains/safety")


@pytest.fixture
def visitor(db: None, data_folder: object) -> Visitor:
    from tests.domains.cases.making import make_programme  # noqa: PLC0415 - only once the database stands

    make_programme()
    return Visitor("ar")


def catalogue(folder: Path) -> Catalog:
    with (folder / "django.po").open("rb") as file:
        return read_po(file)


def said(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def named(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_word_a_reporter_can_read_is_translated(folder: Path) -> None:
    missing = [
        message.id
        for message in catalogue(folder)
        if message.id
        and any(place.startswith(FOR_REPORTERS) for place, _line in message.locations)
        and not all(said(message))
    ]

    assert missing == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_a_translation_keeps_the_places_and_the_marks_of_its_sentence(folder: Path) -> None:
    for message in catalogue(folder):
        source = message.id if isinstance(message.id, str) else message.id[1]
        for words in filter(None, said(message)):
            assert set(PLACES.findall(words)) <= set(PLACES.findall(source)), words
            if isinstance(message.id, str) and message.id:
                assert sorted(PLACES.findall(words)) == sorted(PLACES.findall(source)), words
                assert re.findall(r"</?\w+", words) == re.findall(r"</?\w+", source), words


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_compiled_catalogue_is_the_written_one(folder: Path) -> None:
    with (folder / "django.mo").open("rb") as file:
        compiled = read_mo(file)

    written = {named(message): said(message) for message in catalogue(folder) if message.id and any(said(message))}
    assert {named(message): said(message) for message in compiled if message.id} == written


def test_arabic_has_one_word_for_a_case() -> None:
    about_cases = [each for each in catalogue(LOCALE / "ar" / "LC_MESSAGES") if A_CASE.search(named(each))]

    assert len(about_cases) > 100
    assert [words for each in about_cases for words in said(each) if A_STATE.search(words)] == []


@pytest.mark.urls("tests.web.portal.addresses")
def test_arabic_runs_from_right_to_left_and_says_that_nobody_checked_it(visitor: Visitor) -> None:
    page = visitor.open().page

    assert '<html lang="ar" dir="rtl">' in page
    assert "المساعدة متاحة هنا" in page
    assert "لم يراجعها إنسان" in page
    assert visitor.answer["Content-Language"] == "ar"


@pytest.mark.urls("tests.web.portal.addresses")
def test_the_browsers_language_is_followed_and_the_address_goes_first(visitor: Visitor) -> None:
    client = visitor.client
    follows = client.get("/help", headers={"accept-language": "ar-EG, en;q=0.5"})
    asked = client.get("/help?l=en", headers={"accept-language": "ar-EG"})
    unknown = client.get("/help?l=xx<script>", headers={"accept-language": "tlh"})

    assert (follows["Content-Language"], asked["Content-Language"], unknown["Content-Language"]) == ("ar", "en", "en")
    assert b"xx" not in unknown.content


def test_every_page_speaks_what_the_browser_asks_for_unless_another_is_named() -> None:
    asking = {"headers": {"accept-language": "ar"}}

    assert chosen(RequestFactory().get("/console/", **asking)) == "ar"
    assert chosen(RequestFactory().get("/console/?l=en", **asking)) == "en"
    assert chosen(RequestFactory().get("/help", **asking)) == "ar"


@pytest.mark.urls("tests.web.portal.addresses")
def test_english_says_nothing_of_machines(visitor: Visitor) -> None:
    visitor.language = "en"

    assert "Machine-drafted" not in visitor.open().page


def test_counts_follow_the_rules_of_the_language() -> None:
    from datetime import timedelta  # noqa: PLC0415 - used here alone

    hours = [timedelta(hours=count) for count in (1, 2, 3, 11)]
    with translation.override("ar"):
        assert [span(length) for length in hours] == ["ساعة واحدة", "ساعتين", "3 ساعات", "11 ساعة"]
    with translation.override("en"):
        assert [span(length) for length in hours] == ["1 hour", "2 hours", "3 hours", "11 hours"]


def test_a_time_names_its_zone_and_its_day_unless_that_is_today() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - used here alone

    from safeconduct.kernel import clock  # noqa: PLC0415 - used here alone

    now = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
    with clock.use(lambda: now), translation.override("en"):
        words = [re.sub("<.*?>", "", at(now.replace(day=day))) for day in (20, 21, 24)]

    assert words == ["14:02 UTC", "14:02 UTC tomorrow", "24 November, 14:02 UTC"]
