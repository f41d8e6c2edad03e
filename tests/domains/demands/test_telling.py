"""Who is told of a demand: exactly those whose reports a piece concerned, wherever their reports are by then."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import conversation, erasing, evidence, work
from safeconduct.domains.demands import queries, services
from safeconduct.domains.demands.papers import PieceKind
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.cases.making import _close as close
from tests.domains.cases.making import _decide as decide
from tests.domains.cases.test_conversation import picture
from tests.domains.demands.making import LATER, READING, SILENT, STEPS, WORDS, log, proposed
from tests.programme import Programme
from tests.standing import Clock


@pytest.fixture
def made(programme: Programme, time: Clock) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE)


@pytest.fixture
def other(programme: Programme, time: Clock) -> MadeCase:
    """Give a case of somebody else, into which the first is linked later."""
    return make_case(programme, stage=Stage.ACTING, text="A neighbour saw them at the blue gate.")


def told(made: MadeCase) -> bool:
    return WORDS in [letter.text for letter in cases.conversation_for(made.report_id, made.ring).messages]


def refused_with(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def test_whose_case_was_linked_into_another_meanwhile_is_told_and_nobody_else_there(
    programme: Programme, made: MadeCase, other: MadeCase
) -> None:
    ines, demand_id = programme.desk("ines"), proposed(made, programme.desk("ines"), SILENT)
    services.approve(demand_id, programme.desk("leyla"))
    services.hand_over(demand_id, ines, ask_again_on=LATER)
    work.link_reports(made.id, other.id, ines)

    services.tell(demand_id, WORDS, ines)

    assert (told(made), told(other)) == (True, False)


def test_what_was_approved_leaves_to_the_letter_after_its_case_was_linked_into_another(
    programme: Programme, made: MadeCase, other: MadeCase
) -> None:
    ines, demand_id = programme.desk("ines"), proposed(made, programme.desk("ines"))
    services.approve(demand_id, programme.desk("leyla"))
    work.link_reports(made.id, other.id, ines)

    content = services.hand_over(demand_id, ines, words=WORDS)

    assert services.hand_over_again(demand_id, ines) == content
    assert (told(made), told(other)) == (True, False)
    assert "demand.took-from-case" in [entry.action for entry in audit.entries_for(other.id)]


def test_of_a_case_with_several_reporters_only_those_are_told_of_whose_words_something_was_chosen(
    programme: Programme, made: MadeCase, other: MadeCase
) -> None:
    ines, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    file = picture()
    conversation.say(made.report_id, "", files=[file], ring=made.ring, by=made.reporter, key=new_id())
    work.link_reports(made.id, other.id, ines)
    services.consider(demand_id, STEPS, READING, ines)
    services.choose(demand_id, other.id, [file.id], ines)

    services.refuse(demand_id, "The order has lapsed.", ines, words=WORDS)

    assert (told(made), told(other)) == (True, False)


def test_what_a_colleague_brought_concerns_all_whose_case_it_was_when_it_was_chosen(
    programme: Programme, made: MadeCase, other: MadeCase
) -> None:
    ines, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    evidence.add(made.id, picture(), note="From the street.", desk=ines)
    services.consider(demand_id, STEPS, READING, ines)
    offered = queries.choices_for(demand_id, made.id, ines)
    brought = [each.piece.id for each in offered if each.piece.kind is PieceKind.EVIDENCE]
    services.choose(demand_id, made.id, brought, ines)
    work.link_reports(made.id, other.id, ines)

    services.refuse(demand_id, "The order has lapsed.", ines, words=WORDS)

    assert (told(made), told(other)) == (True, False)


def test_choosing_anew_after_linking_takes_the_place_of_what_was_chosen_before(
    programme: Programme, made: MadeCase, other: MadeCase
) -> None:
    ines, demand_id = programme.desk("ines"), proposed(made, programme.desk("ines"))
    work.link_reports(made.id, other.id, ines)

    services.choose(demand_id, other.id, [other.report_id], ines)

    pieces = queries.demand_for(demand_id, ines).kept.pieces
    assert [each.id for each in pieces] == [other.report_id]


def test_those_whose_report_was_erased_with_the_case_it_was_linked_into_are_named_by_their_number(
    programme: Programme, made: MadeCase, other: MadeCase, time: Clock
) -> None:
    demand_id = proposed(made, programme.desk("ines"))
    work.link_reports(made.id, other.id, programme.desk("ines"))
    decide(other.id, programme.desk("ines"))
    close(other.id, programme.desk("ines"))
    time.move(timedelta(days=401))
    assert erasing.erase_due()
    programme.cookies.clear()

    services.refuse(demand_id, "The order has lapsed.", programme.desk("ines"), words=WORDS)

    assert queries.demand_for(demand_id, programme.desk("ines")).kept.gone == (Case.objects.get(pk=made.id).number,)


def test_whoever_can_no_longer_open_a_report_concerned_is_told_what_to_do(programme: Programme, made: MadeCase) -> None:
    demand_id = proposed(made, programme.desk("ines"), SILENT)
    services.approve(demand_id, programme.desk("leyla"))
    services.hand_over(demand_id, programme.desk("ines"), ask_again_on=LATER)
    work.hand_over(made.id, programme.member_id("idris"), programme.desk("ines"), note="Nights.")

    refused_with("demand.not-reached", lambda: services.tell(demand_id, WORDS, programme.desk("ines")))
