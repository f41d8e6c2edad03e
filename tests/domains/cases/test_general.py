"""Promises about the general queue: nothing goes without the reporter's own yes, and then only those parts."""

from dataclasses import replace

import pytest

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Part, Reason, Sender, Stage
from safeconduct.domains.cases.services import by_law, conversation, decisions, general
from safeconduct.domains.cases.values import GeneralPacket
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import DECISION, MadeCase, make_case, partner_origin
from tests.programme import Programme

NOT_OURS = replace(DECISION, reason=Reason.FOR_THE_GENERAL_QUEUE, words_for_acted_on="")
QUESTION = "May we pass this on?"


@pytest.fixture
def taken(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE)


def ask(programme: Programme, made: MadeCase, *parts: Part) -> None:
    general.ask(made.id, made.report_id, parts or (Part.TEXT,), QUESTION, programme.desk("ines"))


def answer(made: MadeCase, *, agreed: bool) -> None:
    general.answer(made.report_id, agreed=agreed, mark=mark_of(made), ring=made.ring, by=made.reporter)


def mark_of(made: MadeCase) -> str:
    consent = queries.conversation_for(made.report_id, made.ring).consent
    return consent.mark if consent else ""


def hand_over(made: MadeCase, desk: Desk) -> tuple[GeneralPacket, ...]:
    return general.hand_over(made.id, desk, shown=queries.fingerprint_of(queries.packets_for(made.id, desk)))


def test_only_the_parts_that_the_reporter_agreed_to_go(programme: Programme, taken: MadeCase) -> None:
    ines = programme.desk("ines")
    ask(programme, taken, Part.TEXT, Part.LINKS)
    answer(taken, agreed=True)
    decisions.decide(taken.id, NOT_OURS, ines)

    shown = queries.packets_for(taken.id, ines)
    (packet,) = hand_over(taken, ines)

    assert shown == (packet,)
    assert (packet.text, packet.links) == (taken.answers.text, taken.answers.links)
    assert (packet.happened, packet.accounts) == ((), ())


@pytest.mark.parametrize("said", [None, False])
def test_without_a_yes_nothing_goes(programme: Programme, taken: MadeCase, *, said: bool | None) -> None:
    ines = programme.desk("ines")
    ask(programme, taken)
    if said is not None:
        answer(taken, agreed=said)
    decisions.decide(taken.id, NOT_OURS, ines)

    with pytest.raises(Refused, match="wait for the yes"):
        hand_over(taken, ines)
    assert queries.packets_for(taken.id, ines) == ()


def test_a_case_is_not_called_somebody_elses_before_its_reporter_was_asked(
    programme: Programme, taken: MadeCase
) -> None:
    with pytest.raises(Refused, match="Ask the reporter first"):
        decisions.decide(taken.id, NOT_OURS, programme.desk("ines"))


def test_who_closed_the_way_in_cannot_be_asked_and_has_not_agreed(programme: Programme, taken: MadeCase) -> None:
    ines = programme.desk("ines")
    conversation.close_the_way_in(taken.report_id, ring=taken.ring, by=taken.reporter)

    decisions.decide(taken.id, NOT_OURS, ines)

    decided = queries.case_for(taken.id, ines).decision
    assert decided is not None
    assert decided.consent is False
    with pytest.raises(Refused, match="wait for the yes"):
        hand_over(taken, ines)


def test_before_it_was_decided_nothing_goes(programme: Programme, taken: MadeCase) -> None:
    ask(programme, taken)
    answer(taken, agreed=True)

    with pytest.raises(Refused):
        hand_over(taken, programme.desk("ines"))


def test_asking_for_other_parts_forgets_the_earlier_yes(programme: Programme, taken: MadeCase) -> None:
    ask(programme, taken)
    answer(taken, agreed=True)

    ask(programme, taken, Part.TEXT, Part.ACCOUNTS)

    consent = queries.conversation_for(taken.report_id, taken.ring).consent
    assert consent is not None
    assert (consent.agreed, consent.asked_by) == (None, "Ines")


def test_an_answer_can_be_changed_until_it_has_gone_and_the_reporter_sees_that_it_has(
    programme: Programme, taken: MadeCase
) -> None:
    ines = programme.desk("ines")
    ask(programme, taken)
    answer(taken, agreed=False)
    answer(taken, agreed=True)
    decisions.decide(taken.id, NOT_OURS, ines)
    hand_over(taken, ines)

    consent = queries.conversation_for(taken.report_id, taken.ring).consent
    assert consent is not None
    assert consent.handed_at is not None
    with pytest.raises(Refused, match="handed over already"):
        answer(taken, agreed=False)


def test_nothing_is_handed_over_but_what_was_looked_at(programme: Programme, taken: MadeCase) -> None:
    ines = programme.desk("ines")
    ask(programme, taken)
    answer(taken, agreed=True)
    decisions.decide(taken.id, NOT_OURS, ines)
    shown = queries.fingerprint_of(queries.packets_for(taken.id, ines))
    ask(programme, taken, Part.TEXT, Part.ACCOUNTS)
    answer(taken, agreed=True)

    with pytest.raises(Refused, match="not what the page showed"):
        general.hand_over(taken.id, ines, shown=shown)

    consent = queries.conversation_for(taken.report_id, taken.ring).consent
    assert consent is not None
    assert consent.handed_at is None


def test_nobody_here_can_answer_for_the_reporter(programme: Programme, taken: MadeCase) -> None:
    ines = programme.desk("ines")
    ask(programme, taken)

    with pytest.raises(NotAllowed):
        general.answer(taken.report_id, agreed=True, mark=mark_of(taken), ring=ines.ring, by=ines.actor)


def test_a_yes_to_one_question_is_no_yes_to_another(programme: Programme, taken: MadeCase) -> None:
    ask(programme, taken, Part.TEXT)
    seen = mark_of(taken)
    ask(programme, taken, *Part)

    with pytest.raises(Refused, match="question has changed"):
        general.answer(taken.report_id, agreed=True, mark=seen, ring=taken.ring, by=taken.reporter)

    consent = queries.conversation_for(taken.report_id, taken.ring).consent
    assert consent is not None
    assert consent.agreed is None


def test_a_no_counts_whichever_question_the_page_showed(programme: Programme, taken: MadeCase) -> None:
    ask(programme, taken)

    general.answer(taken.report_id, agreed=False, mark="", ring=taken.ring, by=taken.reporter)

    consent = queries.conversation_for(taken.report_id, taken.ring).consent
    assert consent is not None
    assert consent.agreed is False


def test_a_partner_answers_for_whom_they_speak(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, origin=partner_origin(programme))
    tomas = programme.desk("tomas")
    ask(programme, made)

    asked = queries.conversation_for(made.report_id, tomas.ring).consent
    assert asked is not None

    general.answer(made.report_id, agreed=True, mark=asked.mark, ring=tomas.ring, by=tomas.actor)

    consent = queries.conversation_for(made.report_id, tomas.ring).consent
    assert consent is not None
    assert (consent.agreed, consent.answered_by) == (True, Sender.PARTNER)


def test_of_child_abuse_material_nothing_goes(programme: Programme, taken: MadeCase) -> None:
    ines = programme.desk("ines")
    ask(programme, taken)
    answer(taken, agreed=True)
    decisions.decide(taken.id, NOT_OURS, ines)
    by_law.restrict(taken.id, ines, reason="One picture.")

    with pytest.raises(Refused, match="Nothing of this case is shown"):
        hand_over(taken, ines)
