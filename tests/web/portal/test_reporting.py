"""Telling us, step by step: nothing required, nothing lost, sent once."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict

from safeconduct.domains.cases import door, queries
from safeconduct.domains.cases.rules import Danger, Severity, Threat, Want
from safeconduct.domains.cases.services import channel
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.kernel.actors import OPERATOR
from safeconduct.web.portal import steps
from safeconduct.web.portal.steps import Step
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.programme import Programme
from tests.standing import Clock
from tests.web.portal.walks import WORDS, code_on, report, to_the_last_step
from tests.web.visitor import Visitor


def the_case(programme: Programme, who: str = "leyla") -> CaseView:
    desk = programme.desk(who)
    return queries.case_for(queries.queue_for(desk, view="all")[0].case_id, desk)


def test_a_report_goes_through_five_steps_to_a_code(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    code = report(visitor)

    told = the_case(programme).reports[0].answers
    assert len(code) == 3
    assert (told.text, told.happened, told.danger) == (WORDS, (Threat.T5,), Danger.SOON)
    assert [(one.platform, one.handle, one.mine) for one in told.accounts] == [(platform.platform, THE_HANDLE, True)]
    assert (told.wants, told.who_else_sees, told.language) == ((Want.SECURE,), WhoElse.NOBODY, "en")


def test_the_same_form_sent_twice_is_one_report_with_one_code(visitor: Visitor, programme: Programme) -> None:
    form = to_the_last_step(visitor).form_with("send")
    sent = {**form.fields, "go": "send"}

    visitor.send(form, sent)
    first = code_on(visitor.page)
    visitor.send(form, sent)

    assert code_on(visitor.page) == first
    assert "already here" in visitor.page
    assert len(queries.queue_for(programme.desk("leyla"), view="all")) == 1


def test_what_was_typed_survives_going_back_and_changing_language(visitor: Visitor) -> None:
    visitor.open().press("report").press("on", text=WORDS).press("back")
    assert WORDS in visitor.form_with("on").fields["text"]

    visitor.form_with("stay").action = "/help?l=ar"
    form = visitor.form_with("stay")
    form.action = "/help?l=ar"
    visitor.send(form, {**form.fields, "go": "stay"})

    assert 'dir="rtl"' in visitor.page
    assert WORDS in visitor.form_with("on").fields["text"]


def test_a_link_that_looks_cut_off_is_pointed_out_once_and_then_let_through(visitor: Visitor) -> None:
    visitor.open().press("report").press("on").press("on")
    visitor.press("on", links="https://juniper.example/p/1\njuniperexam")
    assert "Link 2 looks cut off" in visitor.page
    assert "juniperexam" in visitor.form_with("on").fields["links"][0]

    visitor.press("on")

    assert "Step 4 of 5" in visitor.page


def test_two_lines_are_enough_when_someone_is_in_danger(visitor: Visitor, programme: Programme) -> None:
    visitor.open().press("danger").press("send", who_in_danger="my brother", text="They are at the door.")

    assert len(code_on(visitor.page)) == 3
    assert the_case(programme).severity is Severity.P0


def test_asking_to_lock_an_account_is_a_report_that_says_so(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    visitor.open().press("lock").press("send", mine=f"@{THE_HANDLE}", who_else_sees="someone")

    told = the_case(programme).reports[0].answers
    assert told.wants == (Want.SECURE,)
    assert told.accounts[0].handle == THE_HANDLE
    assert told.who_else_sees is WhoElse.SOMEONE
    assert platform.performed == []


def test_a_country_team_that_must_not_see_it_finds_nothing(visitor: Visitor, programme: Programme) -> None:
    report(visitor, not_countries=["PT"])

    assert queries.queue_for(programme.desk("ines"), view="all") == []
    assert len(queries.queue_for(programme.desk("idris"), view="all")) == 1


def test_leaving_everybody_out_is_refused_and_loses_nothing(visitor: Visitor) -> None:
    to_the_last_step(visitor, not_countries=["PT", "KE", "NL"]).press("send")

    assert "nobody here could read it" in visitor.page
    assert code_on(visitor.page) == []
    assert WORDS in visitor.page


def test_a_page_open_too_long_says_what_was_erased_and_keeps_the_rest(visitor: Visitor, time: Clock) -> None:
    visitor.open().press("report").press("on", text=WORDS)
    time.move(timedelta(hours=3))

    visitor.press("on", who_in_danger="my brother").press("back")

    assert "my brother" in visitor.form_with("on").fields["who_in_danger"][0]
    assert WORDS not in visitor.page


def test_a_form_without_its_nonce_starts_again_and_breaks_nothing(visitor: Visitor) -> None:
    for nonsense in (
        {"go": "on"},
        {"go": "send", "nonce": "AAAA", "step": "5"},
        {"go": "send", "nonce": "é", "step": "9"},
    ):
        answer = visitor.client.post("/help", nonsense)

        assert answer.status_code == 200
        assert b"What happened?" in answer.content


def test_in_a_flood_a_small_question_is_asked_and_nothing_is_lost(visitor: Visitor) -> None:
    to_the_last_step(visitor)
    door.set_flood(True)
    visitor.press("send")
    assert "One small thing first" in visitor.page
    assert code_on(visitor.page) == []

    visitor.press("send", answer=solved(visitor.page))

    assert len(code_on(visitor.page)) == 3


def solved(page: str) -> str:
    """Return the answer to the small question on a page."""
    numbers = [int(word) for word in page.split("numbers: ")[1].split("</", maxsplit=1)[0].rstrip(".?").split(", ")]
    right = {"Add": sum, "largest": max, "smallest": min}
    return str(next(how for word, how in right.items() if word in page.split('for="answer"')[1][:60])(numbers))


def test_a_report_that_is_refused_uses_no_answer_up(visitor: Visitor) -> None:
    to_the_last_step(visitor)
    door.set_flood(True)
    visitor.press("send")
    answer = solved(visitor.page)
    token = visitor.page.split('name="question" value="')[1].split('"')[0]
    visitor.press("send", answer=answer, invitation="not these words")

    assert code_on(visitor.page) == []
    assert door.answered(token, answer)


def test_a_closed_door_keeps_what_was_typed(visitor: Visitor) -> None:
    to_the_last_step(visitor)
    channel.close_channel(by=OPERATOR)

    visitor.press("send")

    assert "No reports can be sent this way now" in visitor.page
    assert WORDS in visitor.page


def test_an_invitation_opens_the_door_once_it_is_for_the_invited(visitor: Visitor, programme: Programme) -> None:
    channel.open_channel("invited", by=OPERATOR)
    words = channel.invite(programme.desk("leyla"))

    to_the_last_step(visitor).press("send", invitation="not these words")
    assert "not the words of an invitation" in visitor.page
    visitor.press("send", invitation=words)

    assert len(code_on(visitor.page)) == 3


@pytest.mark.parametrize("typed", ["<b>&", "x" * 5, " ", "\x00", "١٢٣"])
def test_what_was_typed_comes_back_as_it_was(typed: str) -> None:
    form = QueryDict(mutable=True)
    form["text"] = typed

    assert steps.typed(form, Step.HAPPENED)["text"] == typed


def test_unknown_answers_are_left_open() -> None:
    told = steps.as_answers({"danger": "maybe", "happened": ["T5", "T99"], "wants": "secure"}, language="en")

    assert (told.danger, told.happened, told.wants) == (Danger.UNSAID, (Threat.T5,), ())


def test_whoever_checks_a_report_sees_which_account_is_to_be_protected(visitor: Visitor) -> None:
    visitor.open().press("report").press("on", text=WORDS).press("on", country="Kenya")
    visitor.press("on", mine="amina", others="victor_77").press("on", not_countries=["KE"])

    facts = visitor.page.split('<dl class="facts">')[1]
    for question, answer in (
        ("Accounts to protect", "amina"),
        ("Accounts that attack", "victor_77"),
        ("In which country?", "Kenya"),
        ("Which country’s team must not see it?", "Kenya"),
    ):
        assert f'{question}</span><p dir="auto">{answer}</p>' in facts


def test_whoever_says_that_somebody_is_in_danger_sees_whom_to_call(visitor: Visitor) -> None:
    visitor.open().press("danger")

    assert "Lantern Line" in visitor.page


def test_whoever_wants_an_account_locked_and_names_none_is_asked_for_it(visitor: Visitor) -> None:
    visitor.open().press("lock").press("send", mine="", text="")

    assert "Write the name of the account." in visitor.page
    assert "Say in a few words what happened" not in visitor.page


def test_a_report_that_says_nothing_at_all_is_not_filed_yet(visitor: Visitor, programme: Programme) -> None:
    visitor.open().press("report").press("on").press("on").press("on").press("on").press("send")

    assert "There is nothing in it yet" in visitor.page
    assert queries.queue_for(programme.desk("leyla"), view="all") == []


@pytest.mark.parametrize("said", [{"happened": ["T9"]}, {"text": "Help."}])
def test_every_question_but_one_can_be_skipped(visitor: Visitor, said: dict[str, str | list[str]]) -> None:
    visitor.open().press("report").press("on", **said).press("on").press("on").press("on").press("send")

    assert len(code_on(visitor.page)) == 3


def test_somebody_in_danger_can_name_an_account_to_protect_and_no_doubt_holds_them_up(
    visitor: Visitor, programme: Programme
) -> None:
    page = visitor.open().press("danger").press("send", mine="amina rose").page

    desk = programme.desk("ines")
    case = queries.case_for(queries.queue_for(desk)[0].case_id, desk)
    assert len(code_on(page)) == 3
    assert [(one.handle, one.mine) for one in case.accounts] == [("amina rose", True)]


def test_somebody_in_danger_need_not_find_any_words(visitor: Visitor) -> None:
    assert len(code_on(visitor.open().press("danger").press("send").page)) == 3


def test_only_a_form_that_was_there_to_fill_in_is_said_to_be_done(visitor: Visitor) -> None:
    visitor.open().press("report").press("last", text="They have my number.")

    done = [name.strip() for name in re.findall(r"Done: </span>([^<]+)", visitor.page)]

    assert "Check and send" in visitor.page
    assert done == ["What happened"]
