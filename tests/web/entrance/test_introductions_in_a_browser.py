"""Pages of the door through a provider: axe finds nothing, nothing overflows at 320 px, in both languages."""

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from safeconduct.connectors import introductions
from safeconduct.web import sessions
from tests.browsers import chromium
from tests.connectors.oidc.forger import Forger, forging
from tests.programme import Programme
from tests.web.entrance.test_introductions import BACK, link, went
from tests.web.entrance.test_people_in_a_browser import look

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


def drawn(programme: Programme, forger: Forger, language: str) -> dict[str, str]:
    """Walk to each page that says something of a provider."""
    spoken = {"headers": {"accept-language": language}}
    linked, unlinked, stranger = Client(**spoken), Client(**spoken), Client(**spoken)
    link(programme, linked, forger)
    unlinked.cookies[sessions.DESK_COOKIE] = programme.cookie("idris")
    pages = {"the door": stranger.get("/sign-in"), "not introduced": stranger.get(BACK)}
    stranger.get(BACK, went(stranger, forger, amr=["pwd"]))
    pages |= {
        "the lock": stranger.get("/unlock"),
        "nothing unlocked": stranger.post("/unlock", {"words": "other words"}),
        "your key, not linked": unlinked.get("/your-key"),
        "known there": unlinked.get(BACK, went(unlinked, forger, "/your-key/provider/staff", sub="idris-there")),
        "before linking": unlinked.get("/your-key/provider"),
        "not linked": unlinked.post("/your-key/provider", {"words": "other words"}),
        "your key, linked": linked.get("/your-key"),
    }
    return {name: answer.content.decode() for name, answer in pages.items()}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_overflows(live_server: LiveServer, programme: Programme, language: str) -> None:
    with forging() as forger, introductions.registered(forger.provider(second_factor=frozenset({"mfa"}))):
        pages = drawn(programme, forger, language)

    with chromium() as browser:
        faults = {name: found for name, page in pages.items() if (found := look(browser, live_server.url, page))}

    assert all(f'lang="{language}"' in page for page in pages.values())
    assert faults == {}
