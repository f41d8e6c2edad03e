"""Promises about calling once more: when danger is said anew, and when whoever had a case has it no longer."""

import pytest

from safeconduct.domains.cases.rules import Danger, Stage
from safeconduct.domains.cases.services import conversation, work
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import KeptPages, MadeCase, make_case
from tests.domains.cases.waking import MINUTE, pager, woken
from tests.programme import Programme
from tests.standing import Clock

__all__ = ["pager"]


def woken_by_minute(pager: KeptPages, time: Clock, minutes: int) -> dict[int, set[str]]:
    """Return who was woken in each minute, as far as anybody was."""
    told = {}
    for minute in range(minutes):
        told[minute] = woken(pager)
        time.move(MINUTE)
    return {minute: who for minute, who in told.items() if who}


def say_danger(made: MadeCase) -> None:
    words = "They are here."
    conversation.say(made.report_id, words, ring=made.ring, by=made.reporter, key=new_id(), danger=Danger.NOW)


@pytest.mark.parametrize("before", [Danger.SOON, Danger.NOW])
def test_word_of_danger_after_a_first_answer_wakes_all_who_can_open_it_at_once_and_begins_the_ladder(
    programme: Programme, time: Clock, pager: KeptPages, before: Danger
) -> None:
    made = make_case(programme, danger=before, stage=Stage.TRIAGE)
    work.answer(made.id, made.report_id, "I am here.", programme.desk("ines"), key=new_id())
    woken(pager)
    time.move(180 * MINUTE)
    woken(pager)
    time.move(MINUTE)
    say_danger(made)
    told = woken_by_minute(pager, time, 91)

    assert told[0] == {"ines", "leyla"}
    assert "leyla" in told[60]
    assert told[90] == {"ines", "leyla"}


def test_danger_said_again_calls_also_whoever_said_that_they_have_it(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken(pager)
    work.take_case(made.id, programme.desk("ines"))
    time.move(2 * MINUTE)
    silent = woken(pager)
    say_danger(made)

    assert (silent, woken(pager)) == (set(), {"ines", "leyla"})


def test_an_answer_ends_the_ladder_that_danger_said_later_began(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    made = make_case(programme, danger=Danger.SOON, stage=Stage.TRIAGE)
    work.answer(made.id, made.report_id, "I am here.", programme.desk("ines"), key=new_id())
    say_danger(made)
    first = woken(pager)
    work.answer(made.id, made.report_id, "Go to your neighbour.", programme.desk("ines"), key=new_id())
    work.mark_mitigated(made.id, "She is out.", programme.desk("ines"))
    time.move(MINUTE)

    assert first == {"ines", "leyla"}
    assert woken_by_minute(pager, time, 91) == {}


@pytest.mark.parametrize("minutes", [1, 16])
def test_imminent_harm_that_its_holder_gives_up_rings_the_others_again(
    programme: Programme, time: Clock, pager: KeptPages, minutes: int
) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken_by_minute(pager, time, minutes)
    work.take_case(made.id, programme.desk("ines"))
    work.declare_conflict(made.id, programme.desk("ines"), reason="I know him.")

    assert woken(pager) == {"idris", "leyla"}


@pytest.mark.parametrize("minutes", [1, 16])
def test_whoever_is_handed_imminent_harm_is_called_for_it(
    programme: Programme, time: Clock, pager: KeptPages, minutes: int
) -> None:
    made = make_case(programme, danger=Danger.NOW)
    woken_by_minute(pager, time, minutes)
    work.take_case(made.id, programme.desk("ines"))
    work.hand_over(made.id, programme.member_id("idris"), programme.desk("ines"), note="Yours.")

    assert woken(pager) == {"idris"}


def test_a_less_urgent_page_never_slows_the_calls_for_imminent_harm(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    make_case(programme, danger=Danger.SOON)
    time.move(81 * MINUTE)
    woken(pager)
    # So that both fall due in one minute after three calls.
    time.move(5 * MINUTE)
    make_case(programme, danger=Danger.NOW)
    told = woken_by_minute(pager, time, 40)

    assert [minute for minute in told if minute % 5 == 0] == [*range(0, 40, 5)]
