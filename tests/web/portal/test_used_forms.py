"""A form that was sent: again it is the same report; once its way in is closed it brings nothing back."""

from datetime import timedelta

import pytest

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Report
from tests.programme import Programme
from tests.standing import Clock
from tests.web.portal.walks import WORDS, code_on, picture, to_the_last_step
from tests.web.visitor import Form, Visitor

LATER = "They came back this morning."


def close_for_good(visitor: Visitor) -> None:
    visitor.press("enter").press("close").press("close-for-good")
    assert "The way in is closed" in visitor.page


def in_danger(visitor: Visitor) -> Form:
    return visitor.open().press("danger").form_with("send")


def on_the_road(visitor: Visitor) -> Form:
    return to_the_last_step(visitor).form_with("send")


def sent(visitor: Visitor, form: Form, **typed: str) -> list[str]:
    visitor.send(form, {**form.fields, **typed, "go": "send"})
    return code_on(visitor.page)


@pytest.mark.parametrize("begin", [in_danger, on_the_road])
def test_a_form_sent_again_after_closing_for_good_files_nothing(visitor: Visitor, begin: object) -> None:
    form = begin(visitor)  # type: ignore[operator] # one of the two above
    sent(visitor, form, text=WORDS)
    close_for_good(visitor)

    assert sent(visitor, form, text=WORDS) == []
    assert "was sent before" in visitor.page
    assert Report.objects.count() == 1


def test_what_was_typed_there_is_kept_and_becomes_a_new_report_if_wanted(visitor: Visitor) -> None:
    form = in_danger(visitor)
    first = sent(visitor, form, text=WORDS)
    close_for_good(visitor)
    visitor.send(form, {**form.fields, "text": LATER, "go": "send"})

    assert LATER in visitor.page
    second = code_on(visitor.press("send").page)
    assert len(second) == 3
    assert second != first
    assert Report.objects.count() == 2


@pytest.mark.parametrize("go", ["on", "back", "stay", "last", "to-2"])
@pytest.mark.parametrize("when", ["before closing", "after closing"])
def test_no_page_of_a_form_that_was_sent_leads_back_to_its_code(visitor: Visitor, go: str, when: str) -> None:
    old = visitor.open().press("report").form_with("on")
    first = code_on(visitor.press("last", text=WORDS).press("send").page)
    receipt = visitor.answer
    if when == "before closing":
        visitor.send(old, {**old.fields, "text": LATER, "go": go})
        walked = visitor.answer
        visitor.answer = receipt
        close_for_good(visitor)
        visitor.answer = walked
    else:
        close_for_good(visitor)
        visitor.send(old, {**old.fields, "text": LATER, "go": go})

    assert "was sent before" in visitor.page
    while not any("send" in form.buttons for form in visitor.forms):
        visitor.press("on")
    second = code_on(visitor.press("send").page)
    assert len(second) == 3
    assert second != first


def test_pages_gone_back_to_after_sending_lose_no_words(visitor: Visitor, programme: Programme) -> None:
    old = visitor.open().press("report").form_with("on")
    visitor.press("last", text=WORDS).press("send")

    visitor.send(old, {**old.fields, "text": LATER, "go": "last"})
    visitor.press("send").press("enter")

    assert LATER in visitor.page
    assert len(queries.queue_for(programme.desk("leyla"), view="all")) == 2


def test_a_page_open_too_long_is_sent_with_one_press_more(visitor: Visitor, time: Clock) -> None:
    form = in_danger(visitor)
    time.move(timedelta(hours=3))

    assert sent(visitor, form, text=WORDS) == []
    assert WORDS in visitor.page
    assert len(code_on(visitor.press("send").page)) == 3


def test_pictures_sent_with_a_used_form_wait_for_the_new_report(visitor: Visitor) -> None:
    form = on_the_road(visitor)
    sent(visitor, form)
    close_for_good(visitor)

    visitor.send(form, {**form.fields, "files": [picture()], "go": "send"})

    assert "1 picture is sealed" in visitor.page
    assert len(code_on(visitor.press("send").page)) == 3
