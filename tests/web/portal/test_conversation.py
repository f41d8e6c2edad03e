"""The conversation: what is promised, what was said, who can read it, and how to go."""

import re
from datetime import timedelta

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Linkage, Severity
from safeconduct.domains.cases.services import decisions, keeping, work
from safeconduct.domains.cases.values import Contribution
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel.ids import new_id
from safeconduct.web.sessions import WAY_COOKIE
from tests.domains.cases.making import ASSESSMENT, DECISION, make_case
from tests.programme import Programme
from tests.standing import Clock
from tests.web.portal.walks import WORDS, open_case, picture
from tests.web.visitor import Visitor

ANSWER = "I have read everything you sent."


def the_case(programme: Programme, who: str = "ines") -> CaseView:
    desk = programme.desk(who)
    return queries.case_for(queries.queue_for(desk, view="all")[0].case_id, desk)


def answered(programme: Programme, text: str = ANSWER) -> CaseView:
    case, desk = the_case(programme), programme.desk("ines")
    work.take_case(case.id, desk)
    work.answer(case.id, case.reports[0].id, text, desk, key=new_id())
    return case


def test_it_says_when_a_person_writes_and_who_can_read(visitor: Visitor, time: Clock) -> None:
    open_case(visitor)

    assert "A person writes to you before" in visitor.page
    assert "<li>You</li>" in visitor.page
    assert "Lisbon team" in visitor.page
    assert time.now.strftime("%H:%M UTC") in visitor.page


def test_it_says_how_long_that_is_for_whoever_counts_in_another_zone(visitor: Visitor, time: Clock) -> None:
    open_case(visitor)

    shown = re.sub(r"<[^>]+>", "", visitor.page)

    assert re.search(rf"That is about \d+ hours from {time.now:%H:%M} UTC\.", shown)


def test_the_first_words_stay_folded(visitor: Visitor) -> None:
    open_case(visitor)

    assert f'<p dir="auto">{WORDS}</p>' in visitor.page
    assert '<details class="veil"><summary>' in visitor.page
    assert '<details class="veil" open' not in visitor.page


def test_an_answer_stands_open_and_earlier_words_fold(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    visitor.press("say", text="Please hurry.")
    answered(programme)

    visitor.open()

    before_answer, after_answer = visitor.page.split(ANSWER)
    assert "<details" not in before_answer.split("Messages")[1]
    assert "Please hurry." in after_answer
    assert "2 words." in after_answer


def test_a_message_with_a_picture_arrives_sealed(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)

    visitor.press("say", text="See this.", files=[picture(), picture("second.jpg")])

    message = the_case(programme).reports[0].messages[-1]
    assert (message.text, len(message.files)) == ("See this.", 2)
    assert "With 2 pictures, sealed." in visitor.page


def test_the_same_message_sent_twice_is_one(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    form = visitor.form_with("say")
    for _ in range(2):
        visitor.send(form, {**form.fields, "text": "Please hurry.", "go": "say"})

    assert [message.text for message in the_case(programme).reports[0].messages] == ["Please hurry."]


def test_a_file_that_is_no_picture_keeps_the_words(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    note = picture("note.txt")
    note.file = type(note.file)(b"not a picture at all")

    visitor.press("say", text=WORDS, files=[note])

    assert "not a picture we can open" in visitor.page
    assert visitor.form_with("say").fields["text"] == [WORDS]
    assert the_case(programme).reports[0].messages == ()


def test_nothing_to_send_is_said_and_no_fault(visitor: Visitor) -> None:
    open_case(visitor)

    assert "nothing to send yet" in visitor.press("say", text="  ").page


def test_a_message_too_long_is_kept_in_its_field(visitor: Visitor) -> None:
    open_case(visitor)

    visitor.press("say", text="a" * 10_001)

    assert "Send it in two parts" in visitor.page
    assert visitor.form_with("say").fields["text"] == ["a" * 10_001]


def test_word_of_danger_moves_the_case_to_the_front(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)

    visitor.press("say", danger="now")

    assert the_case(programme).severity is Severity.P0
    assert "Someone is in danger now" in visitor.page


def test_what_is_deleted_is_gone_for_both_sides(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    visitor.press("say", text="My sister lives at number four.")

    visitor.press("forget")

    assert "Nobody can read it any more" in visitor.page
    assert "number four" not in visitor.page
    assert the_case(programme).reports[0].messages[0].forgotten


def test_a_message_of_another_case_cannot_be_deleted(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    visitor.press("say", text="Mine.")
    message = the_case(programme).reports[0].messages[0]
    victor = Visitor()
    open_case(victor)
    victor.press("say", text="His.")

    victor.press("forget", message=str(message.id))

    assert victor.answer.status_code == 404
    assert "Mine." in visitor.open().page


def test_a_stranger_with_a_made_up_cookie_sees_the_start(visitor: Visitor, programme: Programme) -> None:
    make_case(programme)
    for cookie in ("x", "é", "A" * 43 + "=", programme.cookie("ines")):
        visitor.client.cookies[WAY_COOKIE] = cookie

        assert "What do you need?" in visitor.open().page


def test_a_form_without_its_token_changes_nothing(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    form = visitor.form_with("say")
    form.fields.pop("csrfmiddlewaretoken")

    visitor.send(form, {**form.fields, "text": "forged", "go": "say"})

    assert visitor.answer.status_code == 403
    assert the_case(programme).reports[0].messages == ()


def test_when_we_are_late_the_page_says_so(visitor: Visitor, time: Clock) -> None:
    lines = open_case(visitor)
    time.move(timedelta(hours=3))

    visitor.open().press("code").press("enter", line1=lines[0], line2=lines[1], line3=lines[2])

    assert "We are late" in visitor.page


def test_a_decision_is_shown_with_its_reason_and_feedback_is_asked(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    case, desk = answered(programme), programme.desk("ines")
    work.assess(case.id, ASSESSMENT, "What was written.", desk)
    decisions.decide(case.id, DECISION, desk)
    assert DECISION.words_for_reporter in visitor.open().page
    assert "We had something taken down." in visitor.page
    assert 'href="#dec"' in visitor.page
    assert 'id="dec"' in visitor.page
    assert DECISION.words_for_acted_on not in visitor.page

    decisions.close_case(case.id, Contribution(Linkage.NONE), feedback_asked=True, desk=desk)
    visitor.open().press("feedback", better="some", words="Thank you.")

    assert "Did it help?" not in visitor.page
    assert "This case is closed" in visitor.page


def test_shutting_it_on_this_screen_leaves_the_code_working(visitor: Visitor) -> None:
    lines = open_case(visitor)

    visitor.press("shut")

    assert "What do you need?" in visitor.page
    assert visitor.client.cookies[WAY_COOKIE].value == ""
    assert "Messages" in visitor.press("code").press("enter", line1=lines[0], line2=lines[1], line3=lines[2]).page


def test_leaving_ends_the_conversation_on_the_server_too(visitor: Visitor) -> None:
    open_case(visitor)
    cookie = visitor.client.cookies[WAY_COOKIE].value
    visitor.client.get("/leave")

    visitor.client.cookies[WAY_COOKIE] = cookie

    assert "What do you need?" in visitor.open().page


def test_closing_for_good_says_what_it_means_and_then_the_code_opens_nothing(visitor: Visitor) -> None:
    lines = open_case(visitor)
    visitor.press("close")
    assert "your digits open nothing" in visitor.page

    visitor.press("close-for-good")

    assert "The way in is closed" in visitor.page
    visitor.open().press("code").press("enter", line1=lines[0], line2=lines[1], line3=lines[2])
    assert "These digits open nothing" in visitor.page


def test_what_is_kept_says_so_beforehand_and_offers_no_button_that_does_nothing(
    visitor: Visitor, programme: Programme, time: Clock
) -> None:
    open_case(visitor)
    case = answered(programme)
    before = visitor.open().page
    desk, on = programme.desk("ines"), time.now.date() + timedelta(days=9)
    keeping.agree_hold(keeping.ask_hold(case.id, desk, reason="A court.", review_on=on), programme.desk("leyla"))

    page = visitor.open().page

    assert "Delete this message" in before
    assert "cannot be deleted now" not in before
    assert "Delete this message" not in page
    assert "This cannot be deleted now. A law or an open appeal may need it; it stays sealed." in page
