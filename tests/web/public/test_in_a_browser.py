"""The published numbers and the lead's preview: axe finds nothing and nothing overflows, in both languages."""

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from safeconduct.web.sessions import DESK_COOKIE
from tests.browsers import chromium
from tests.domains.transparency.making import publish
from tests.programme import Programme
from tests.web.console.test_in_a_browser import look

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


def drawn(programme: Programme, language: str) -> dict[str, str]:
    lead = Client(HTTP_ACCEPT_LANGUAGE=language)
    lead.cookies[DESK_COOKIE] = programme.cookie("leyla")
    before = lead.get("/console/numbers", {"last": "2026-10"}).content.decode()
    publish(programme)
    return {
        "preview": before,
        "afterwards": lead.get("/console/numbers").content.decode(),
        "published": Client(HTTP_ACCEPT_LANGUAGE=language).get("/numbers/2026-10").content.decode(),
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_overflows(
    live_server: LiveServer, programme: Programme, november: None, language: str
) -> None:
    pages = drawn(programme, language)

    with chromium() as browser:
        faults = {name: found for name, page in pages.items() if (found := look(browser, live_server.url, page))}

    assert all(f'lang="{language}"' in page for page in pages.values())
    assert faults == {}
