"""Console pages at the end of a road: nothing overflows at 320 px, axe finds nothing, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.safety import services as safety
from tests.browsers import chromium
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at
from tests.web.console.test_acts import cost_page, order

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("platform"),
]

UNBROKEN = "an_account_name_that_nobody_can_break_0123456789" * 4
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(box => {
  const at = box.getBoundingClientRect(), width = document.documentElement.clientWidth;
  return !box.closest('.vh, .skip, .sprite, svg') && at.width && (at.right > width + 1 || at.left < -1);
}).map(box => box.outerHTML.slice(0, 120))"""


def drawn(client: Client, programme: Programme) -> dict[str, str]:
    """Walk to the end of each road and keep the pages met there."""
    taken = make_case(programme, stage=Stage.ACTING, accounts=(AMINAS,))
    decided = make_case(programme, stage=Stage.DECIDED, text="Something else, in quite other words.")
    flood = [make_case(programme, text="One text that one hand sent four times over.") for _ in range(4)]
    return {
        "cost": cost_page(client, taken).content.decode(),
        "cost, with a remark": order(client, taken, reason="").content.decode(),
        **acted(client, taken),
        "lifted": client.post(at("veil", taken.id), {"item": taken.report_id, "showing": "words"}).content.decode(),
        "close": client.get(at("close", decided.id)).content.decode(),
        "flood": client.get(at("flood", group_of(client, flood))).content.decode(),
    }


def acted(client: Client, made: MadeCase) -> dict[str, str]:
    done = order(client, made)["Location"].rsplit("/", 1)[1]
    safety.carry_out()
    names = ("watch", "undo", "confirm")
    return {name: client.get(at(name, made.id, done)).content.decode() for name in names}


def long_drawn(client: Client, programme: Programme) -> dict[str, str]:
    """Draw pages on which everything that a stranger or a colleague may write is as long as it may be."""
    account = AccountNamed("juniper-square", UNBROKEN, mine=True)
    foe = AccountNamed("a-platform-" + "x" * 49, UNBROKEN, mine=False)
    made = make_case(
        programme,
        stage=Stage.ACTING,
        accounts=(account, foe),
        links=(f"https://example.org/{UNBROKEN * 9}",),
        text=UNBROKEN,
        who_in_danger=UNBROKEN,
    )
    client.post(at("summarise", made.id), {"text": UNBROKEN[:140]})
    client.post(at("note", made.id), {"text": UNBROKEN})
    done = order(client, made, reason=UNBROKEN)["Location"]
    safety.carry_out()
    return {
        "queue": client.get(at("queue")).content.decode(),
        "case": client.get(at("case", made.id)).content.decode(),
        "lifted": client.post(at("veil", made.id), {"item": made.report_id, "showing": "words"}).content.decode(),
        "cost": cost_page(client, made).content.decode(),
        "watch": client.get(done).content.decode(),
        "record": client.get(at("record", made.id)).content.decode(),
        "link": client.post(at("link", made.id), {"number": "9" * 300}).content.decode(),
    }


def test_nothing_overflows_however_long_a_name_a_number_or_a_link_is(
    live_server: LiveServer, ines: Client, programme: Programme
) -> None:
    pages = long_drawn(ines, programme)

    with chromium() as browser:
        faults = {name: found for name, page in pages.items() if (found := look(browser, live_server.url, page))}

    assert [name for name in ("queue", "case", "lifted", "cost", "watch") if UNBROKEN[:100] not in pages[name]] == []
    assert faults == {}


def group_of(client: Client, flood: list[MadeCase]) -> object:
    assert flood
    return client.get(at("queue")).context["alike"][0].id


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_overflows(
    live_server: LiveServer, ines: Client, programme: Programme, language: str
) -> None:
    ines.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    pages = drawn(ines, programme)

    with chromium() as browser:
        faults = {name: found for name, page in pages.items() if (found := look(browser, live_server.url, page))}

    assert all(f'lang="{language}"' in page for page in pages.values())
    assert faults == {}


def look(browser: Browser, address: str, drawn_page: str) -> list[object]:
    looker = browser.new_page(viewport={"width": 320, "height": 800})
    here = f"{address}{settings.STATIC_URL}looked-at"
    looker.route(here, lambda route: route.fulfill(body=drawn_page, content_type="text/html; charset=utf-8"))
    looker.goto(here)
    assert looker.evaluate("getComputedStyle(document.querySelector('.top')).display") == "block"
    rules = [(rule["id"], rule["nodes"][0]["html"]) for rule in Axe().run(looker).response["violations"]]
    found = [*looker.evaluate(OVERFLOWING), *rules]
    looker.close()
    return found
