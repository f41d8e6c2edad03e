"""A member comes in through a real OpenID provider with a real browser: introduced there, unlocked here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from safeconduct.accounts import second_factor, services
from safeconduct.accounts.models import ProviderLink, Session
from safeconduct.accounts.values import Introduction, Joining, MemberKind
from safeconduct.connectors import introductions
from tests.browsers import chromium
from tests.domains.cases.making import MadeCase, make_case, make_programme
from tests.oidc.conftest import provider_at, served
from tests.oidc.provider import PASSWORD
from tests.programme import Programme

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return make_programme()


@pytest.fixture
def issuer(live_server: LiveServer, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path, f"{live_server.url}/sign-in/through/staff/back") as told:
        yield told


@contextmanager
def a_page(issuer: str, **more: object) -> Iterator[Page]:
    with introductions.registered(provider_at(issuer, **more)), chromium() as browser:
        context = browser.new_context(java_script_enabled=False)
        yield context.new_page()
        context.close()


def code(who: Joining) -> str:
    return second_factor.code_now(who.second_factor_secret)


def enter_there(page: Page, name: str) -> None:
    page.get_by_label("Account").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Enter").click()


def by_words_and_code(page: Page, url: str, who: Joining) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Your sign-in name").fill(who.sign_in_name)
    page.get_by_label("Your six words").fill(who.passphrase)
    page.get_by_label("The six digits").fill(code(who))
    page.get_by_role("button", name="Open my keys").click()


def link(page: Page, url: str, who: Joining, name: str) -> None:
    by_words_and_code(page, url, who)
    page.goto(f"{url}/your-key")
    page.get_by_role("link", name="Link me to Juniper staff").click()
    enter_there(page, name)
    page.get_by_role("link", name="Go on").click()
    page.get_by_label("Your six words").fill(who.passphrase)
    page.get_by_role("button", name="Link me").click()
    expect(page.get_by_text("Through Juniper staff, and then with your six words.")).to_be_visible()
    page.get_by_role("button", name="Close keys").click()


def linked(programme: Programme, issuer: str, name: str, subject: str) -> Joining:
    """Link somebody without a browser. The provider numbers its people in the order in which they came."""
    who, kinds = programme.founded.person(name), frozenset({MemberKind.STAFF})
    kept = services.keep_introduction(Introduction("staff", issuer, subject, kinds))
    services.link_provider(kept.cookie, passphrase=who.passphrase, by=programme.desk(name))
    return who


def open_the_case(page: Page, url: str, made: MadeCase) -> None:
    page.wait_for_url(f"{url}/console/")
    page.goto(f"{url}/console/cases/{made.id}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith(str(made.id))


def test_a_member_is_introduced_unlocks_and_opens_a_case(
    live_server: LiveServer, programme: Programme, issuer: str
) -> None:
    leyla, made = programme.founded.person("leyla"), make_case(programme)
    with a_page(issuer, second_factor=frozenset({"mfa"})) as page:
        link(page, live_server.url, leyla, "leyla.there")

        page.get_by_role("link", name="Sign in through Juniper staff").click()
        expect(page.get_by_text("You were introduced as leyla")).to_be_visible()
        assert page.get_by_label("The six digits").count() == 0
        page.get_by_label("Your six words").fill(leyla.passphrase)
        page.get_by_role("button", name="Open my keys").click()

        open_the_case(page, live_server.url, made)


def test_without_a_second_factor_there_our_own_is_asked(
    live_server: LiveServer, programme: Programme, issuer: str
) -> None:
    ines, made = linked(programme, issuer, "ines", "1"), make_case(programme)
    with a_page(issuer, second_factor=frozenset({"mfa"})) as page:
        page.goto(f"{live_server.url}/sign-in")
        page.get_by_role("link", name="Sign in through Juniper staff").click()
        enter_there(page, "ines.there")
        page.get_by_label("Your six words").fill(ines.passphrase)
        page.get_by_label("The six digits").fill("000000")
        page.get_by_role("button", name="Open my keys").click()
        expect(page.get_by_role("heading", name="Nothing was unlocked")).to_be_visible()

        page.get_by_role("link", name="Sign in through Juniper staff").click()
        page.get_by_label("Your six words").fill(ines.passphrase)
        page.get_by_label("The six digits").fill(code(ines))
        page.get_by_role("button", name="Open my keys").click()

        open_the_case(page, live_server.url, made)


def test_whoever_is_removed_at_the_provider_no_longer_comes_in(
    live_server: LiveServer, programme: Programme, issuer: str
) -> None:
    ines = linked(programme, issuer, "ines", "1")
    with a_page(issuer) as page:
        httpx.get(issuer.replace("/o", "/close/ines.there"), trust_env=False, timeout=60)

        page.goto(f"{live_server.url}/sign-in")
        page.get_by_role("link", name="Sign in through Juniper staff").click()
        enter_there(page, "ines.there")
        expect(page.get_by_role("button", name="Enter")).to_be_visible()

        by_words_and_code(page, live_server.url, ines)
        expect(page.get_by_role("heading", name="These three do not belong together")).to_be_visible()


def test_somebody_whom_the_provider_knows_and_we_do_not_makes_nobody(
    live_server: LiveServer, programme: Programme, issuer: str
) -> None:
    with a_page(issuer) as page:
        page.goto(f"{live_server.url}/sign-in")
        page.get_by_role("link", name="Sign in through Juniper staff").click()
        enter_there(page, "victor.there")

        expect(page.get_by_role("heading", name="You were not introduced")).to_be_visible()
        page.goto(f"{live_server.url}/unlock")
        assert page.url.endswith("/sign-in")
    assert not ProviderLink.objects.exists()
    assert not Session.objects.filter(kind="introduced").exists()
