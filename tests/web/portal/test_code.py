"""The case code: any digits, any spacing, the wrong line named, and one cookie once it opens."""

import re

import pytest
from django.conf import settings

from safeconduct.web.sessions import WAY_COOKIE
from tests.web.portal.walks import WORDS, open_case, report
from tests.web.visitor import Visitor

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def enter(visitor: Visitor, *lines: str) -> Visitor:
    typed = dict(zip(("line1", "line2", "line3"), lines, strict=False))
    return visitor.open().press("code").press("enter", **typed)


def changed(line: str) -> str:
    return line[:-1] + ("1" if line[-1] != "1" else "2")


def test_the_code_opens_the_conversation_with_one_cookie_no_script_can_read(visitor: Visitor) -> None:
    lines = report(visitor)
    assert visitor.client.cookies == {}

    enter(visitor, *lines)

    assert "Your case" in visitor.page
    way = visitor.client.cookies[WAY_COOKIE]
    assert (way["httponly"], way["samesite"], way["path"], way["max-age"]) == (True, "Strict", "/", "")


def test_the_code_page_shows_the_way_in_and_says_it_aloud_digit_by_digit(visitor: Visitor) -> None:
    lines = report(visitor)

    assert f"Line 1: {' '.join(lines[0][:3])}, " in visitor.page
    assert visitor.form_with("enter").fields["line3"] == [lines[2]]


def test_any_digits_and_any_spacing_open_it(visitor: Visitor) -> None:
    lines = [line.translate(ARABIC_DIGITS).replace(" ", " - ") for line in report(visitor)]

    assert "Messages" in enter(visitor, *lines).page


def test_all_thirty_digits_in_one_field_open_it(visitor: Visitor) -> None:
    lines = report(visitor)

    assert "Messages" in enter(visitor, " ".join(lines)).page


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_the_wrong_line_is_named_and_nothing_typed_is_lost(visitor: Visitor, wrong: int) -> None:
    lines = report(visitor)
    lines[wrong - 1] = changed(lines[wrong - 1])

    enter(visitor, *lines)

    assert f"Look at line {wrong}" in visitor.page
    assert [visitor.form_with("enter").fields[f"line{number}"] for number in (1, 2, 3)] == [[line] for line in lines]
    assert visitor.client.cookies == {}


def test_an_empty_line_is_named(visitor: Visitor) -> None:
    lines = report(visitor)

    assert "Look at line 2" in enter(visitor, lines[0], "", lines[2]).page


def test_a_code_that_opens_nothing_says_so_and_no_more(visitor: Visitor) -> None:
    report(visitor)

    enter(visitor, "000 000 0005", "000 000 0002", "000 000 0007")

    assert "These digits open nothing" in visitor.page or "Look at line" in visitor.page
    assert visitor.client.cookies == {}


def test_words_written_after_the_conversation_closed_wait_behind_the_code(visitor: Visitor) -> None:
    lines = open_case(visitor)
    form = visitor.form_with("say")
    visitor.client.cookies.clear()

    visitor.send(form, {**form.fields, "text": WORDS, "go": "say"})
    assert "Your case was closed on this screen" in visitor.page
    visitor.press("enter", line1=lines[0], line2=lines[1], line3=lines[2])

    assert visitor.form_with("say").fields["text"] == [WORDS]


def test_opening_another_case_ends_the_one_before(visitor: Visitor) -> None:
    open_case(visitor)
    first = visitor.client.cookies[WAY_COOKIE].value
    visitor.press("shut")
    open_case(visitor)

    visitor.client.cookies[WAY_COOKIE] = first

    assert "What do you need?" in visitor.open().page


def test_the_receipt_says_once_by_when_a_person_writes(visitor: Visitor) -> None:
    visitor.open().press("danger").press("send", text=WORDS)

    assert re.search(
        r"A person writes to you within 15 minutes: <b>before <time [^>]+>\d\d:\d\d UTC</time></b>\.", visitor.page
    )


def test_the_page_names_every_cookie_there_is(visitor: Visitor) -> None:
    said = visitor.open().press("code").page
    open_case(visitor)

    assert "Two cookies, from when your case opens" in said
    assert sorted(visitor.client.cookies) == sorted([WAY_COOKIE, settings.CSRF_COOKIE_NAME])
