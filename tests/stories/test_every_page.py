"""Every page of members, partners and the tour: axe finds nothing and nothing overflows, in English and Arabic."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.stories.served import Served, demonstration
from tests.stories.sweep import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(box => {
  const at = box.getBoundingClientRect(), width = document.documentElement.clientWidth;
  return !box.closest('.vh, .skip, .sprite, pre, .scrolls') && at.width && (at.right > width + 1 || at.left < -1);
}).map(box => box.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with demonstration(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture(scope="module")
def case(served: Served, browser: Browser) -> str:
    """Report something and let Ines take it; return the case's id."""
    page = browser.new_page()
    page.goto(f"{served.address}/help")
    page.click("button[value=report]")
    page.fill("textarea[name=text]", "They published where I live.")
    page.click("button[value=last]")
    page.click("button[value=send]")
    enter(page, served, "ines")
    page.locator("a[href*='/console/cases/']").first.click()
    page.get_by_role("button", name="Take this case").click()
    found = page.url.partition("/cases/")[2].partition("#")[0]
    page.close()
    return found


def enter(page: Page, served: Served, who: str) -> None:
    page.goto(f"{served.address}/tour/")
    # The tour has no button for a custodian, so one of its forms is sent on.
    with page.expect_navigation():
        page.locator("main form").first.evaluate(
            "(form, who) => { form.action = `/tour/as/${who}/`; form.submit(); }", who
        )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_axe_finds_nothing_and_nothing_overflows(
    served: Served, browser: Browser, case: str, language: str, *, script: bool
) -> None:
    faults = {}

    for person in sorted({who for who, _ in PAGES.values()}):
        door = browser.new_context(locale=language)
        if person:
            enter(door.new_page(), served, person)
        context = browser.new_context(
            locale=language,
            java_script_enabled=script,
            viewport={"width": 320, "height": 800},
            storage_state=door.storage_state(),
        )
        page, looker = context.new_page(), browser.new_page(viewport={"width": 320, "height": 800})
        for name in (name for name, (who, _) in PAGES.items() if who == person):
            faults |= look(page, looker, name, served.address + PAGES[name][1].format(case=case))
        looker.close()
        context.close()
        door.close()

    assert faults == {}


def look(page: Page, looker: Page, name: str, address: str) -> dict[str, object]:
    """Look at what stands on the page with a second one that may run scripts, since the first may not."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200 or page.url.partition("?")[0] != address:
        return {name: f"{answer.status} at {page.url}"}
    drawn = page.content()
    looker.route(address, lambda route: route.fulfill(body=drawn, content_type="text/html; charset=utf-8"))
    looker.goto(address)
    rules = Axe().run(looker).response["violations"]
    found = [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in rules]
    found += [("overflows", box) for box in looker.evaluate(OVERFLOWING)]
    return {name: found} if found else {}
