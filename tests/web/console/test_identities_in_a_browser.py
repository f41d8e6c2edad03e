"""The pages of identities at each step: nothing overflows at 320 px, axe finds nothing, in both languages."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.defenders import services
from tests.browsers import chromium
from tests.domains.cases.making import make_case, open_door
from tests.domains.defenders.making import REASON, approved, ask, enrol
from tests.programme import Programme, found_with_benches
from tests.web.console.conftest import at
from tests.web.console.test_in_a_browser import look

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(transactional_db: None, data_folder: Path) -> Programme:
    made = found_with_benches()
    open_door(made)
    return made


def drawn(programme: Programme, language: str) -> dict[str, str]:
    """Walk the road of an identity and keep the pages met there."""

    def page(who: str, name: str, *ids: object) -> str:
        return signed(programme, who, language).get(at(name, *ids)).content.decode()

    enrolled, nobody = enrol(programme), make_case(programme, stage=Stage.TRIAGE)
    waiting = ask(enrolled, "leyla", REASON * 3)
    pages = {"waiting": page("leyla", "identities"), "bench": page("chiara", "identities")}
    services.withdraw(waiting, by=programme.desk("leyla"))
    handed = approved(enrolled)
    pages |= {
        "handed": page("ines", "identities"),
        "before": page("ines", "asking-read", handed),
        "known": page("ines", "identity", enrolled.case.id),
        "unknown": page("ines", "identity", nobody.id),
    }
    client = signed(programme, "ines", language)
    pages["read"] = client.post(at("identity-read", handed)).content.decode()
    for _ in range(2):
        services.read_once(approved(enrolled), by=programme.desk("ines"))
    return pages | {"alarm": page("kofi", "identities")}


def signed(programme: Programme, who: str, language: str) -> Client:
    client = programme.browser(who)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_overflows(live_server: LiveServer, programme: Programme, language: str) -> None:
    pages = drawn(programme, language)

    with chromium() as browser:
        faults = {name: found for name, page in pages.items() if (found := look(browser, live_server.url, page))}

    assert all(f'lang="{language}"' in page for page in pages.values())
    assert faults == {}
