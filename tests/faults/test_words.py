"""Hostile words: on every page they are shown as they were typed, and steer nothing."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from safeconduct.cli.plain import plain
from tests.api.conftest import Program
from tests.refusals.roles import Who
from tests.refusals.rows import ROWS
from tests.refusals.world import World, world
from tests.web.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TURNED = "\u202egnihton\u2066"
HOSTILE = f"{TURNED}<b id=planted>\u200b\"'><img src=x onerror=planted()>{{{{ 7|add:7 }}}} ليلى \u001b[2J"
READERS = {
    Who.LEAD: "console:case",
    Who.DECIDER: "console:case",
    Who.COLLEAGUE: "console:queue",
    Who.REVIEWER: "console:appeal",
    Who.PARTNER: "partner:case",
    Who.REPORTER: "help",
}


class Planted(HTMLParser):
    """Looks for elements and attributes that only hostile words could have made."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}" for name, value in attrs if "planted" in f"{name}{value}" and name != "value"]


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with django_db_blocker.unblock(), world(tmp_path_factory.mktemp("data"), HOSTILE) as made:
        yield made


def shown(scene: World, who: Who, name: str) -> str:
    address = ROWS[name].address.format(**scene.things)
    answer = scene.client(who).get(address)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return answer.content.decode() if is_page else ""


def test_on_no_page_do_words_become_a_part_of_the_page(scene: World) -> None:
    found = {}
    for name, row in ROWS.items():
        for who in (row.get or frozenset()) & set(READERS):
            looker = Planted()
            looker.feed(shown(scene, who, name))
            found |= {f"{name} for {who.name}": looker.found} if looker.found else {}

    assert found == {}


@pytest.mark.parametrize(("who", "name"), READERS.items(), ids=lambda each: str(getattr(each, "name", each)))
def test_what_was_typed_is_read_as_it_was_typed(scene: World, who: Who, name: str) -> None:
    page = shown(scene, who, name)

    assert page
    assert "{{ 14" not in page
    assert "<b id=planted>" not in page


LONG = "ع" * 100_000
FIELDS = ("text", "who_in_danger", "tell", "reference", "country", "language")


@pytest.mark.parametrize("words", ["\ud800 alone", "a\x00b", HOSTILE, LONG], ids=["half", "nought", "all", "long"])
def test_a_program_that_sends_them_is_answered_and_nothing_breaks(scene: World, words: str) -> None:
    program, answers = Program(scene.tokens[Who.PROGRAM]), {}
    for field in FIELDS:
        with transaction.atomic():
            answers[field] = program.file(key=f"k-{field}", **{field: words}).status_code
            transaction.set_rollback(True)

    assert set(answers.values()) <= {201, 409, 413, 422}, answers


@pytest.mark.parametrize("words", ["before\x00after", HOSTILE, LONG], ids=["nought", "all", "long"])
def test_a_reporter_who_types_them_is_answered_and_nothing_breaks(scene: World, words: str) -> None:
    visitor = Visitor().open().press("report").press("on", happened=["T5"], text=words, tell=words)

    assert visitor.answer.status_code == 200


def test_signs_that_steer_a_terminal_are_written_out() -> None:
    said = plain(f"Amina {HOSTILE}\n\tليلى می‌روم \x9b31m \ud800")

    assert "\x1b" not in said
    assert TURNED[0] not in said
    assert "\\x1b[2J" in said
    assert "\n\tليلى می‌روم " in said
    assert said.encode()
