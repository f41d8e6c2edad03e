"""Every portal page in a real browser: nothing overflows at 320 px, axe finds nothing, in English and Arabic."""

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browsers import chromium
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.web.portal.walks import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

# A box that ends outside the window; what is there for screen readers alone is one pixel wide.
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(box => {
  const at = box.getBoundingClientRect(), width = document.documentElement.clientWidth;
  return !box.closest('.vh, .skip') && at.width && (at.right > width + 1 || at.left < -1);
}).map(box => box.outerHTML.slice(0, 120))"""


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def look(browser: Browser) -> Callable[[Page], None]:
    def at(page: Page) -> None:
        """Look at what stands on the page with a second one that may run scripts, since the first may not."""
        looker = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
        drawn, address = page.content(), page.url.partition("#")[0]
        looker.route(address, lambda route: route.fulfill(body=drawn, content_type="text/html; charset=utf-8"))
        looker.goto(address)
        assert looker.evaluate("getComputedStyle(document.querySelector('.top')).position") == "sticky"
        assert looker.evaluate(OVERFLOWING) == []
        found = Axe().run(looker).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
        looker.context.close()

    return at


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(f"button[name=go][value='{button}']").first.click()


def pages(page: Page, address: str, language: str) -> Iterator[str]:
    """Walk through every page, stopping at each."""
    page.goto(f"{address}/help?l={language}")
    yield "start"
    for short in ("danger", "lock"):
        press(page, short)
        yield short
        page.goto(f"{address}/help?l={language}")
    press(page, "report")
    page.fill("#text", WORDS)
    yield "happened"
    press(page, "on")
    yield "who"
    press(page, "on")
    page.fill("#mine", THE_HANDLE)
    page.fill("#links", "https://juniper.example/posts/a-very-long-address-that-nobody-would-break\nhalf")
    page.check("input[value=nobody]")
    press(page, "on")
    yield "accounts, with a remark"
    press(page, "on")
    yield "wants"
    press(page, "on")
    yield "send"
    press(page, "send")
    yield "code"
    lines = page.locator(".digits span").all_inner_texts()
    page.goto(f"{address}/help?l={language}")
    press(page, "code")
    press(page, "enter")
    yield "enter, with a wrong line"
    for number, line in enumerate(lines, start=1):
        page.fill(f"#line{number}", line)
    press(page, "enter")
    yield "conversation"
    press(page, "protect")
    yield "protect"
    press(page, "cost")
    yield "cost"
    press(page, "code-to-account")
    yield "code to the account"
    page.goto(f"{address}/help?l={language}")
    press(page, "close")
    yield "close"
    press(page, "close-for-good")
    yield "closed"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_fits_a_small_phone_and_axe_finds_nothing(
    # First, because a browser brings a loop in which Django refuses to open a database; the account lives there.
    platform: FakePlatform,
    live_server: Any,
    browser: Browser,
    look: Callable[[Page], None],
    language: str,
) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800}).new_page()
    seen = []

    for name in pages(page, live_server.url, language):
        look(page)
        seen.append(name)

    assert len(seen) == 16
    assert page.title() in {"Help", "مساعدة"}


def test_a_form_of_another_site_is_not_read(platform: FakePlatform, live_server: Any, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    planted = base64.urlsafe_b64encode(b"a nonce that the attacker keeps, too").decode()
    fields = {"nonce": planted, "step": "1", "text": WORDS, "end": "1"}
    hidden = "".join(f"<input type=hidden name={name} value='{value}'>" for name, value in fields.items())
    trap = (
        f"<form method=post action='{live_server.url}/help'>{hidden}<button name=go value=stay>Read on</button></form>"
    )
    page.route("http://elsewhere.test/", lambda route: route.fulfill(body=trap, content_type="text/html"))
    page.goto("http://elsewhere.test/")

    press(page, "stay")

    assert page.url == f"{live_server.url}/help"
    assert page.locator("button[value=report]").count()
    assert WORDS not in page.content()
