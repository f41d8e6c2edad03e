"""Disagreeing without script and at one address: from one's case, and with the code on a statement of reasons."""

import secrets

from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Appeal, KeptWaiting
from safeconduct.domains.remedy.rules import Lane, Remedy
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode
from tests.domains.cases.making import DECISION, MadeCase
from tests.domains.remedy.making import CHANGED, SAID, UPHELD, make_decided
from tests.programme import Programme
from tests.web.portal.walks import code_on, picture
from tests.web.visitor import Visitor

WORDS = "You only looked at the first post."


def enter(visitor: Visitor, code: CaseCode) -> Visitor:
    lines = {f"line{number}": line for number, line in enumerate(code.lines, start=1)}
    return visitor.open().press("code").press("enter", **lines)


def disagree(visitor: Visitor, made: MadeCase, **more: str) -> Visitor:
    enter(visitor, made.code)
    return visitor.press("disagree").press("send-appeal", words=WORDS, **more)


def given(programme: Programme, made: MadeCase) -> CaseCode:
    desk, nonce = programme.desk("ines"), secrets.token_bytes(32)
    return services.give_statement(made.id, SAID, desk, nonce=nonce, language="en").code


def test_a_reporter_disagrees_also_after_no_action_and_reads_the_answer(visitor: Visitor, programme: Programme) -> None:
    made = make_decided(programme)
    disagree(visitor, made)
    assert "Someone new looks at it and decides before" in visitor.page

    appealed = Appeal.objects.get().id
    services.take_appeal(appealed, programme.desk("idris"))
    services.decide_appeal(appealed, CHANGED, programme.desk("idris"))
    visitor.open()

    assert "The decision is changed." in visitor.page
    assert CHANGED.words in visitor.page
    assert "We had something taken down." in visitor.page


def test_what_was_typed_is_kept_when_something_is_wrong(visitor: Visitor, programme: Programme) -> None:
    enter(visitor, make_decided(programme).code)

    visitor.press("disagree").press("send-appeal", words=" ", new_evidence="A court has confirmed it.")

    assert "Say what was wrong with it." in visitor.page
    assert "A court has confirmed it." in visitor.page


def test_danger_goes_first(visitor: Visitor, programme: Programme) -> None:
    disagree(visitor, make_decided(programme), urgency="danger")

    assert Appeal.objects.get().lane == Lane.EXPEDITED.value


def test_words_and_pictures_can_be_added_and_the_first_decider_reads_none(
    visitor: Visitor, programme: Programme
) -> None:
    made = make_decided(programme)
    disagree(visitor, made)

    visitor.press("add-to-appeal", text="And here is the fourth post.", files=[picture()])

    assert "And here is the fourth post." in visitor.page
    letters = queries.review_for(Appeal.objects.get().id, programme.desk("idris")).letters
    assert len(letters[0].files) == 1


def test_where_nobody_may_look_the_reporter_is_told_what_to_do_and_loses_no_time(
    visitor: Visitor, programme: Programme
) -> None:
    from safeconduct.domains.cases.services import work  # noqa: PLC0415 - for this one deed

    made = make_decided(programme)
    for to, by in (("leyla", "ines"), ("idris", "leyla")):
        work.hand_over(made.id, programme.member_id(to), programme.desk(by), note="Yours.")

    disagree(visitor, made)

    assert "Your time does not run out." in visitor.page
    assert WORDS in visitor.page
    assert KeptWaiting.objects.exists()


def test_what_was_promised_and_where_else_to_turn_stand_in_the_case(visitor: Visitor, programme: Programme) -> None:
    made = make_decided(programme)
    desk = programme.desk("ines")
    services.promise(made.id, made.report_id, Remedy.RESTORE, "Your posts come back.", desk, key=new_id())

    enter(visitor, made.code)

    assert "Your posts come back." in visitor.page
    assert "Where else you can turn" in visitor.page


def test_the_person_acted_on_reads_the_reasons_appeals_and_is_answered_under_new_digits(
    visitor: Visitor, programme: Programme
) -> None:
    made = make_decided(programme, decision=DECISION)
    code = given(programme, made)
    enter(visitor, code)
    assert "Something you posted was removed." in visitor.page
    assert "They published where I live" not in visitor.page

    visitor.press("appeal-with-code", words="The address was my own.")
    own = CaseCode.parse(code_on(visitor.page))
    visitor.press("enter")
    assert "The address was my own." in visitor.page

    appealed = Appeal.objects.get().id
    services.take_appeal(appealed, programme.desk("idris"))
    services.decide_appeal(appealed, UPHELD, programme.desk("idris"))
    enter(Visitor(), own)
    visitor.open()

    assert own != code
    assert UPHELD.words in visitor.page
    assert "Where else you can turn" in visitor.page


def test_inside_an_appeal_no_form_of_a_case_does_anything(visitor: Visitor, programme: Programme) -> None:
    code = given(programme, make_decided(programme, decision=DECISION))
    enter(visitor, code).press("appeal-with-code", words="The address was my own.").press("enter")

    for go in ("say", "close-for-good", "protect", "order", "undo", "feedback", "send-appeal"):
        visitor.client.post("/help", {"go": go, "text": "Hello", "key": str(new_id())})

    assert "The address was my own." in visitor.open().page


def test_the_statement_s_digits_do_not_open_the_appeal(visitor: Visitor, programme: Programme) -> None:
    code = given(programme, make_decided(programme, decision=DECISION))
    enter(visitor, code).press("appeal-with-code", words="The address was my own.")

    stranger = enter(Visitor(), code)

    assert "Someone is looking at it again." in stranger.page
    assert "The address was my own." not in stranger.page
