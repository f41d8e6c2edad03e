"""What must be so before anything leaves, or anybody is kept from being told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.domains.demands import rules
from safeconduct.domains.demands.rules import Answer, Found, Stage, Step
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from tests.domains.demands.making import READING, SAID, STEPS

pytestmark = pytest.mark.one_database
TODAY = datetime(2026, 11, 20, tzinfo=UTC).date()


def found(step: Step, answer: Answer) -> dict[Step, Found]:
    return STEPS | {step: Found(answer, "What the letter says.")}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


@pytest.mark.parametrize("step", [Step.BASIS, Step.JURISDICTION])
@pytest.mark.parametrize("answer", [Answer.NO, Answer.UNCLEAR])
def test_nothing_leaves_unless_it_is_clear_that_the_law_binds_us_here(step: Step, answer: Answer) -> None:
    assert rules.may_be_answered(found(step, Answer.YES))
    assert not rules.may_be_answered(found(step, answer))
    assert not rules.may_be_answered({})


@pytest.mark.parametrize(("answer", "forbidden"), [(Answer.YES, True), (Answer.UNCLEAR, False), (Answer.NO, False)])
def test_only_what_is_clearly_forbidden_keeps_people_from_being_told(answer: Answer, *, forbidden: bool) -> None:
    assert rules.is_forbidden_to_tell(found(Step.SILENCE, answer)) is forbidden


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.PROPOSED])
def test_only_what_was_proposed_waits_for_a_second_person(stage: Stage) -> None:
    rules.check_second(stage=Stage.PROPOSED, handler=new_id(), second=new_id())

    assert refused(lambda: rules.check_second(stage=stage, handler=new_id(), second=new_id())) == "demand.not-proposed"


def test_more_than_a_second_person_looks_at_is_not_proposed() -> None:
    most = [1] * rules.MOST_PIECES
    rules.check_proposal(STEPS, reading=READING, sizes=most)

    assert refused(lambda: rules.check_proposal(STEPS, reading=READING, sizes=[*most, 1])) == "demand.too-much"
    assert refused(lambda: rules.check_size([rules.MOST_BYTES, 1])) == "demand.too-big"


def test_silence_is_kept_only_until_a_day_after_today() -> None:
    silent = found(Step.SILENCE, Answer.YES)
    rules.check_silence(silent, ask_again_on=TODAY + timedelta(days=1), today=TODAY)

    for day in (None, TODAY, TODAY - timedelta(days=1)):
        said = refused(lambda day=day: rules.check_silence(silent, ask_again_on=day, today=TODAY))  # type: ignore[misc]
        assert said == "demand.no-day"


def test_no_demand_comes_from_tomorrow() -> None:
    assert refused(lambda: rules.check_logged(SAID, today=SAID.received_on - timedelta(days=1))) == "demand.not-yet"


@pytest.mark.parametrize("stage", [Stage.HANDED_OVER, Stage.REFUSED])
def test_what_was_answered_changes_no_more(stage: Stage) -> None:
    rules.check_open(Stage.APPROVED)

    assert refused(lambda: rules.check_open(stage)) == "demand.ended"
