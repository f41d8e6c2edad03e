"""Passkeys as people use them: a real browser with an authenticator of its own, and the same browser without script."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from safeconduct.accounts import second_factor
from tests.browsers import chromium
from tests.programme import Programme

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def page_with_key(browser: Browser) -> Iterator[Page]:
    """Open a page in a browser whose device answers for passkeys; note what its policy refused."""
    context = browser.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text))
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()
    assert not [text for text in heard if "Content Security Policy" in text]


def type_in(page: Page, url: str, programme: Programme, *, words: str = "", code: bool = True) -> None:
    ines = programme.founded.person("ines")
    page.goto(f"{url}/sign-in")
    page.get_by_label("Your sign-in name").fill("ines")
    page.get_by_label("Your six words").fill(words or ines.passphrase)
    if code:
        page.get_by_label("The six digits").fill(second_factor.code_now(ines.second_factor_secret))
        page.get_by_role("button", name="Open my keys", exact=True).click()
        page.wait_for_url(f"{url}/console/")


def add_key(page: Page, url: str, programme: Programme) -> None:
    page.goto(f"{url}/your-key")
    page.get_by_label("A name for it").fill("Blue key")
    page.get_by_label("Your six words").fill(programme.founded.person("ines").passphrase)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Blue key", exact=True)).to_be_visible()


def use_key(page: Page) -> None:
    page.get_by_role("button", name="Open my keys with a passkey").click()


def test_a_passkey_is_added_used_and_removed(live_server: LiveServer, programme: Programme) -> None:
    url = live_server.url
    with chromium() as browser, page_with_key(browser) as page:
        type_in(page, url, programme)
        add_key(page, url, programme)
        page.get_by_role("button", name="Close keys").click()

        type_in(page, url, programme, code=False)
        use_key(page)
        page.wait_for_url(f"{url}/console/")

        page.goto(f"{url}/your-key")
        page.get_by_text("Remove it").click()
        page.get_by_role("button", name="Remove Blue key").click()
        expect(page.get_by_text("You have no passkey here.")).to_be_visible()
        page.get_by_role("button", name="Close keys").click()
        type_in(page, url, programme, code=False)
        use_key(page)
        expect(page.get_by_role("heading", name="These three do not belong together")).to_be_visible()


def test_a_passkey_with_wrong_words_is_refused_and_the_next_challenge_serves(
    live_server: LiveServer, programme: Programme
) -> None:
    url = live_server.url
    with chromium() as browser, page_with_key(browser) as page:
        type_in(page, url, programme)
        add_key(page, url, programme)
        page.get_by_role("button", name="Close keys").click()
        type_in(page, url, programme, words="some other words", code=False)
        use_key(page)
        expect(page.get_by_role("heading", name="These three do not belong together")).to_be_visible()

        page.get_by_label("Your six words").fill(programme.founded.person("ines").passphrase)
        use_key(page)

        page.wait_for_url(f"{url}/console/")


def test_a_device_without_a_passkey_leaves_the_code(live_server: LiveServer, programme: Programme) -> None:
    with chromium() as browser, page_with_key(browser) as page:
        type_in(page, live_server.url, programme, code=False)
        use_key(page)

        expect(page.get_by_role("heading", name="No passkey answered")).to_be_visible(timeout=70_000)
        assert page.get_by_label("The six digits").get_attribute("required") is not None


def test_without_script_the_pages_say_that_codes_are_the_way(live_server: LiveServer, programme: Programme) -> None:
    with chromium() as browser:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        type_in(page, live_server.url, programme)
        page.goto(f"{live_server.url}/your-key")

        expect(page.get_by_text("Adding a passkey needs script")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
        page.goto(f"{live_server.url}/sign-in")
        expect(page.get_by_text("Passkeys need script")).to_be_visible()
        context.close()
