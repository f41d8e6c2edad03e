"""Single letters in the console, in a real browser: they move, take, open and write, and can be turned off."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from safeconduct.domains.cases.rules import Danger, Stage
from safeconduct.web.sessions import DESK_COOKIE
from tests.browsers import chromium
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("platform"),
]


class Sitting:
    """Ines at her browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address

    def goes_to(self, path: str) -> None:
        self.page.goto(self._address + path)

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self._address)

    def stands_on(self) -> str:
        """Return the address that the row under the lamp leads to."""
        return self.page.locator(".row[aria-current] .what a").get_attribute("href") or ""


@contextmanager
def sitting(live_server: LiveServer, programme: Programme, **context: object) -> Iterator[Sitting]:
    # Before the browser, which brings a loop in which Django refuses the database.
    cookie = programme.cookie("ines")
    with chromium() as browser:
        opened = browser.new_context(**context)  # type: ignore[arg-type] # a browser's own options
        opened.add_cookies([{"name": DESK_COOKIE, "value": cookie, "url": live_server.url}])
        yield Sitting(opened.new_page(), live_server.url)


@pytest.fixture
def urgent(programme: Programme) -> MadeCase:
    return make_case(programme, danger=Danger.NOW)


@pytest.fixture
def quiet(programme: Programme) -> MadeCase:
    return make_case(programme, danger=Danger.NO, text="Something else, in quite other words.")


def test_j_and_k_move_the_lamp_and_enter_opens(
    live_server: LiveServer, programme: Programme, urgent: MadeCase, quiet: MadeCase
) -> None:
    with sitting(live_server, programme) as ines:
        ines.goes_to(at("queue"))
        stood = []
        for key in ("j", "j", "j", "k", "j"):
            ines.presses(key)
            stood.append(ines.stands_on())
        with ines.page.expect_navigation():
            ines.presses("Enter")

        assert stood == [at("case", case.id) for case in (urgent, quiet, quiet, urgent, quiet)]
        assert ines.path == at("case", quiet.id)


def test_t_takes_the_case_under_the_lamp_and_n_the_next(
    live_server: LiveServer, programme: Programme, urgent: MadeCase, quiet: MadeCase
) -> None:
    with sitting(live_server, programme) as ines:
        ines.goes_to(at("queue"))
        ines.presses("j", "j")
        with ines.page.expect_navigation():
            ines.presses("t")
        taken = ines.path
        ines.goes_to(at("queue"))
        with ines.page.expect_navigation():
            ines.presses("n")

        assert (taken, ines.path) == (at("case", quiet.id), at("case", urgent.id))
        assert ines.page.get_by_role("button", name="Take this case").count() == 0


def test_letters_typed_into_a_field_stay_letters(live_server: LiveServer, programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)

    with sitting(live_server, programme) as ines:
        ines.goes_to(at("case", made.id))
        ines.presses("w", *"hdqtvrjk?")

        assert ines.page.input_value("#note") == "hdqtvrjk?"
        assert ines.path == at("case", made.id)
        assert not ines.page.locator("#keys").is_visible()


def test_v_lifts_the_first_veil_and_closes_it_again(live_server: LiveServer, programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    words = made.answers.text

    with sitting(live_server, programme) as ines:
        ines.goes_to(at("case", made.id))
        with ines.page.expect_navigation():
            ines.presses("v")
        lifted = ines.page.get_by_text(words).is_visible()
        with ines.page.expect_navigation():
            ines.presses("v")

        assert lifted
        assert ines.page.get_by_text(words).count() == 0


def test_another_script_on_the_keyboard_does_not_take_the_keys_away(
    live_server: LiveServer, programme: Programme, urgent: MadeCase
) -> None:
    with sitting(live_server, programme) as ines:
        ines.goes_to(at("queue"))
        ines.page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true}))"
        )

        assert ines.stands_on() == at("case", urgent.id)


def test_the_list_of_keys_turns_them_off_and_on_and_the_browser_keeps_it(
    live_server: LiveServer, programme: Programme, urgent: MadeCase
) -> None:
    with sitting(live_server, programme) as ines:
        ines.goes_to(at("queue"))
        ines.presses("?")
        ines.page.get_by_role("button", name="Turn the keys off").click()
        ines.presses("Escape")
        ines.goes_to(at("queue"))
        ines.presses("j", "t", "?")

        assert ines.path == at("queue")
        assert ines.page.locator(".row[aria-current]").count() == 0
        assert not ines.page.locator("kbd:visible").count()
        assert {one["name"]: one["value"] for one in ines.page.context.cookies()}["keys"] == "off"

        ines.page.get_by_role("button", name="Keys are off").click()
        ines.page.get_by_role("button", name="Turn the keys on").click()
        ines.presses("Escape", "j")

        assert ines.stands_on() == at("case", urgent.id)


def test_without_script_no_page_speaks_of_keys(live_server: LiveServer, programme: Programme, urgent: MadeCase) -> None:
    with sitting(live_server, programme, java_script_enabled=False) as ines:
        ines.goes_to(at("queue"))

        assert ines.page.get_by_role("button", name="Take the next case").is_visible()
        assert ines.page.locator("kbd:visible, dialog:visible").count() == 0
        assert urgent.id
