"""Pages for leads and custodians that come at the end of a road: axe finds nothing, nothing overflows at 320 px."""

from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from safeconduct.accounts import services
from safeconduct.accounts.models import Team
from tests.authenticator import Authenticator
from tests.browsers import chromium
from tests.programme import LISBON, NAIROBI, Programme
from tests.web.entrance.test_own_sessions import another
from tests.web.entrance.test_passkeys import enrol_for
from tests.web.entrance.test_people import agreeing, joined

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(box => {
  const at = box.getBoundingClientRect(), width = document.documentElement.clientWidth;
  return !box.closest('.vh, .skip, .sprite, svg') && at.width && (at.right > width + 1 || at.left < -1);
}).map(box => box.outerHTML.slice(0, 120))"""


def drawn(programme: Programme, nura: UUID, language: str) -> dict[str, str]:
    """Walk each road to its end and keep the pages met there."""
    leyla, chiara = at_the_desk(programme, "leyla", language), at_the_desk(programme, "chiara", language)
    ines, kofi = programme.member_id("ines"), programme.member_id("kofi")
    enrol_for(programme, "chiara", Authenticator(credential_id=b"a key of Chiara"))
    another(programme, "chiara"), another(programme, "chiara")
    pages = {
        "people": leyla.get("/people"),
        "someone who rests on nobody": leyla.get(f"/people/{ines}"),
        "a custodian": leyla.get(f"/people/{kofi}"),
        "not agreed": leyla.post(f"/people/{kofi}/new-words", agreeing(programme, "chiara", code="000000x")),
        "a refusal": leyla.post(f"/people/{programme.member_id('idris')}/remove"),
        "oneself": leyla.get(f"/people/{programme.member_id('leyla')}"),
        "an invitation with mistakes": leyla.post("/people/invite", {"name": "x"}),
        "put out": leyla.post(f"/people/{nura}/remove"),
        "new words": leyla.post(f"/people/{ines}/new-words"),
        "your key, with a passkey and other sessions": chiara.get("/your-key", headers={"host": "localhost"}),
    }
    services.join_team(programme.member_id("leyla"), programme.team_id(NAIROBI), by=programme.desk("leyla"))
    Team.objects.filter(name=LISBON).update(country="KE")
    pages |= {"people, with trouble": leyla.get("/people"), "roster": chiara.get("/roster")}
    return {name: answer.content.decode() for name, answer in pages.items()}


def at_the_desk(programme: Programme, name: str, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies["desk"] = programme.cookie(name)
    return client


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_overflows(live_server: LiveServer, programme: Programme, language: str) -> None:
    pages = drawn(programme, joined(programme), language)

    with chromium() as browser:
        faults = {name: found for name, page in pages.items() if (found := look(browser, live_server.url, page))}

    assert all(f'lang="{language}"' in page for page in pages.values())
    assert faults == {}


def look(browser: Browser, address: str, page: str) -> list[object]:
    looker = browser.new_page(viewport={"width": 320, "height": 800})
    here = f"{address}{settings.STATIC_URL}looked-at"
    looker.route(here, lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
    looker.goto(here)
    looker.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    rules = [(rule["id"], rule["nodes"][0]["html"]) for rule in Axe().run(looker).response["violations"]]
    found = [*looker.evaluate(OVERFLOWING), *rules]
    looker.close()
    return found
