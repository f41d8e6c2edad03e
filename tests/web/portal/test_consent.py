"""May we pass this on? Asked in the conversation, answered with a button of her own, and told once it has gone."""

from dataclasses import replace

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Part, Reason
from safeconduct.domains.cases.services import decisions, general, work
from tests.domains.cases.making import DECISION
from tests.programme import Programme
from tests.web.portal.test_conversation import the_case
from tests.web.portal.walks import open_case
from tests.web.visitor import Visitor

QUESTION = "Other people here look after this. May they have it?"


def ask(programme: Programme, *parts: Part) -> None:
    case, desk = the_case(programme), programme.desk("ines")
    work.take_case(case.id, desk)
    general.ask(case.id, case.reports[0].id, parts, QUESTION, desk)


def test_the_question_names_the_parts_and_who_asks(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    ask(programme, Part.TEXT)

    visitor.open()

    assert QUESTION in visitor.page
    assert "The words of your report" in visitor.page
    assert "The links in it" not in visitor.page
    assert "You need not answer." in visitor.page


def test_she_says_yes_takes_it_back_and_says_it_again(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    ask(programme, Part.TEXT)
    visitor.open()

    visitor.press("agree")
    yes = visitor.page
    visitor.press("decline")
    no = visitor.page
    visitor.press("agree")

    assert "You said yes. It has not gone yet." in yes
    assert "You said no. It stays here." in no
    consent = the_case(programme).reports[0].consent
    assert consent is not None
    assert consent.agreed is True


def test_a_question_swapped_under_her_finger_is_not_agreed_to(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    ask(programme, Part.TEXT)
    visitor.open()
    case = the_case(programme)
    general.ask(case.id, case.reports[0].id, tuple(Part), "All of it?", programme.desk("ines"))

    visitor.press("agree")

    assert "The question has changed" in visitor.page
    assert "All of it?" in visitor.page
    consent = the_case(programme).reports[0].consent
    assert consent is not None
    assert consent.agreed is None


def test_once_it_has_gone_the_conversation_says_so_and_asks_no_more(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    ask(programme, Part.TEXT)
    visitor.open()
    visitor.press("agree")
    case, desk = the_case(programme), programme.desk("ines")
    decision = replace(DECISION, reason=Reason.FOR_THE_GENERAL_QUEUE, words_for_acted_on="")
    decisions.decide(case.id, decision, desk)

    general.hand_over(case.id, desk, shown=queries.fingerprint_of(queries.packets_for(case.id, desk)))
    visitor.open()

    assert "You agreed, and we passed it on." in visitor.page
    assert "No, it stays here" not in visitor.page
    assert queries.packets_for(case.id, desk)[0].accounts == ()
