"""Every page of the console, whole, in both languages: no empty place where a value should stand."""

import copy
import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import get_resolver

from safeconduct.connectors import paging
from safeconduct.domains.cases.rules import Danger, Stage
from safeconduct.domains.safety import services as safety
from tests.domains.cases.making import KeptPages, MadeCase, escalate_due, make_case, partner_origin
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at
from tests.web.console.test_acts import SECURE, cost_page, order

MISSING = "~no value for %s~"
pytestmark = pytest.mark.usefixtures("platform")


@pytest.fixture(autouse=True)
def _empty_places_show(settings: LazySettings) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING
    settings.TEMPLATES = templates


@pytest.fixture
def worked_on(programme: Programme) -> Iterator[MadeCase]:
    with paging.registered(KeptPages()):
        made = make_case(
            programme, accounts=(AMINAS,), danger=Danger.NOW, stage=Stage.ACTING, origin=partner_origin(programme)
        )
        escalate_due()
        yield made


def addresses(client: Client, made: MadeCase) -> dict[str, str]:
    done = UUID(order(client, made)["Location"].rsplit("/", 1)[1])
    safety.carry_out()
    alone = {name: at(name) for name in ("queue", "calls", "entry")}
    forms = ("case", "hand-over", "step-back", "assess", "link", "note", "summarise", "mitigated", "decide", "restrict")
    return (
        alone
        | {name: at(name, made.id) for name in forms}
        | {name: at(name, made.id, done) for name in ("watch", "undo", "confirm")}
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_whole(ines: Client, worked_on: MadeCase, language: str) -> None:
    pages = {
        name: ines.get(address, {"l": language}).content.decode()
        for name, address in addresses(ines, worked_on).items()
    }
    pages["cost"] = cost_page(ines, worked_on).content.decode()

    empty = {name: found for name, page in pages.items() if (found := re.findall(r"~no value for [^~]*~", page))}
    assert empty == {}


@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.CLOSED])
def test_a_case_is_whole_to_its_end(ines: Client, programme: Programme, stage: Stage) -> None:
    made = make_case(programme, stage=stage)

    page = ines.get(at("case", made.id)).content.decode()

    assert re.findall(r"~no value for [^~]*~", page) == []


def test_pages_in_arabic_run_from_right_to_left_and_say_who_drafted_them(ines: Client, worked_on: MadeCase) -> None:
    page = ines.get(at("case", worked_on.id), {"l": "ar"}).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "What was reported" not in page


def test_every_page_that_changes_something_refuses_a_link(ines: Client, worked_on: MadeCase) -> None:
    only_posts = ("take", "veil", "answer")

    assert {name: ines.get(at(name, worked_on.id)).status_code for name in only_posts} == dict.fromkeys(only_posts, 405)


def test_every_address_sends_strangers_to_the_sign_in(client: Client) -> None:
    some = {"uuid": str(UUID(int=1)), "str": SECURE}

    answers: dict[str, str] = {}
    for pattern in get_resolver().url_patterns[0].url_patterns:
        address = "/console/" + re.sub(r"<(\w+):\w+>", lambda kind: some[kind[1]], str(pattern.pattern))
        answers[address] = client.get(address).headers.get("Location", "")

    assert set(answers.values()) == {"/sign-in"}
    assert len(answers) > 25


def test_forms_from_elsewhere_are_refused(browser: Callable[[str], Client], programme: Programme) -> None:
    made = make_case(programme)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser("ines").cookies

    assert strict.post(at("take", made.id)).status_code == 403
