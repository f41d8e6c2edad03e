"""What an authority demands: logged, read narrowly, seen by two, told to the person, and never a search for anybody."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest

from safeconduct.accounts.values import Exclusions
from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import TOLD
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.services import by_law, conversation
from safeconduct.domains.demands import checks, queries, services
from safeconduct.domains.demands.events import DemandEnded
from safeconduct.domains.demands.models import Demand
from safeconduct.domains.demands.rules import Answer, Found, Stage, Step
from safeconduct.kernel import events
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import services as vault
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.demands.making import LATER, READING, SAID, SILENT, STEPS, WORDS, first_words, log, proposed
from tests.programme import Programme
from tests.standing import Clock

Captured = Callable[..., AbstractContextManager[object]]
SHE_WROTE = "They published where I live and wrote that they would come tonight, all three of them."


@pytest.fixture
def made(programme: Programme, time: Clock) -> MadeCase:
    return make_case(programme, stage=CaseStage.ACTING)


def approved(programme: Programme, made: MadeCase, steps: dict[Step, Found] = STEPS) -> UUID:
    demand_id = proposed(made, programme.desk("ines"), steps)
    services.approve(demand_id, programme.desk("leyla"))
    return demand_id


def refused_with(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def letters_to(made: MadeCase) -> list[str]:
    return [letter.text for letter in cases.conversation_for(made.report_id, made.ring).messages]


def test_every_demand_is_logged_as_it_came_and_nothing_of_it_is_in_clear(programme: Programme, time: Clock) -> None:
    demand_id = log(programme.desk("ines"))

    (row,) = queries.demands_for(programme.desk("leyla"))
    assert (row.id, row.authority, row.stage, row.due_on) == (demand_id, SAID.authority, Stage.LOGGED, SAID.due_on)
    assert [entry.action for entry in audit.entries_for(demand_id)] == ["demand.logged"]
    stored = repr(Demand.objects.values_list().get())
    assert not any(words in stored for words in ("Prosecutor", "Order 7", "All she wrote"))


def test_the_same_form_twice_is_one_demand(programme: Programme, time: Clock) -> None:
    key = new_id()

    for _ in range(2):
        services.log_demand(SAID, programme.desk("ines"), key=key)

    assert len(queries.demands_for(programme.desk("ines"))) == 1


def test_nobody_logs_a_demand_by_the_key_of_somebody_elses(programme: Programme, time: Clock) -> None:
    key = log(programme.desk("ines"))

    with pytest.raises(NotAllowed):
        services.log_demand(SAID, programme.desk("idris"), key=key)


@pytest.mark.parametrize("answer", [Answer.NO, Answer.UNCLEAR])
@pytest.mark.parametrize("step", [Step.BASIS, Step.JURISDICTION])
def test_without_a_legal_basis_that_binds_us_it_can_only_be_refused(
    programme: Programme, made: MadeCase, step: Step, answer: Answer
) -> None:
    desk, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    services.consider(demand_id, STEPS | {step: Found(answer, "A letter with no order.")}, READING, desk)
    services.choose(demand_id, made.id, [first_words(demand_id, made, desk)], desk)

    refused_with("demand.no-basis", lambda: services.propose(demand_id, desk))
    services.refuse(demand_id, "You name no law. Send an order of a judge.", desk, words=WORDS)

    view = queries.demand_for(demand_id, desk)
    assert (view.stage, view.kept.left) == (Stage.REFUSED, None)
    refused_with("demand.ended", lambda: services.propose(demand_id, desk))


def test_no_step_is_left_out_and_none_without_its_grounds(programme: Programme, made: MadeCase) -> None:
    desk, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    services.choose(demand_id, made.id, [first_words(demand_id, made, desk)], desk)
    missing = {step: found for step, found in STEPS.items() if step is not Step.CHALLENGE}
    silent = STEPS | {Step.SCOPE: Found(Answer.YES, " ")}

    for steps in (missing, silent):
        services.consider(demand_id, steps, READING, desk)
        refused_with("demand.steps-missing", lambda: services.propose(demand_id, desk))


def test_what_would_leave_is_chosen_piece_by_piece_from_cases_the_handler_can_open(
    programme: Programme, made: MadeCase
) -> None:
    kept_out = make_case(programme, exclusions=Exclusions(countries=frozenset({"PT"})))
    desk, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    services.consider(demand_id, STEPS, READING, desk)

    refused_with("demand.nothing-chosen", lambda: services.propose(demand_id, desk))
    with pytest.raises(NotAllowed):
        queries.choices_for(demand_id, kept_out.id, desk)
    with pytest.raises(NotAllowed):
        services.choose(demand_id, made.id, [kept_out.report_id], desk)


def test_nothing_leaves_before_a_second_person_looked(programme: Programme, made: MadeCase) -> None:
    demand_id = proposed(made, programme.desk("ines"))

    refused_with("demand.not-approved", lambda: services.hand_over(demand_id, programme.desk("ines"), words=WORDS))
    with pytest.raises(NotAllowed):
        services.approve(demand_id, programme.desk("ines"))


def test_whoever_proposes_is_never_the_second_person(programme: Programme) -> None:
    made = make_case(programme, stage=CaseStage.ACTING, by="leyla")
    demand_id = proposed(made, programme.desk("leyla"))

    refused_with("demand.same-person", lambda: services.approve(demand_id, programme.desk("leyla")))


def test_the_second_person_must_be_able_to_open_every_piece(programme: Programme, time: Clock) -> None:
    """Leyla is in the Netherlands, which this reporter kept out: she approves nothing of what she may not read."""
    made = make_case(programme, stage=CaseStage.ACTING, exclusions=Exclusions(countries=frozenset({"NL"})))
    demand_id = proposed(made, programme.desk("ines"))

    refused_with("demand.not-seen", lambda: services.approve(demand_id, programme.desk("leyla")))


def test_a_change_after_approval_needs_a_new_one(programme: Programme, made: MadeCase) -> None:
    demand_id = approved(programme, made)

    services.consider(demand_id, STEPS, "More than before.", programme.desk("ines"))

    refused_with("demand.not-approved", lambda: services.hand_over(demand_id, programme.desk("ines"), words=WORDS))


def test_another_choice_after_approval_needs_a_new_one(programme: Programme, made: MadeCase) -> None:
    demand_id, desk = approved(programme, made), programme.desk("ines")

    services.choose(demand_id, made.id, [first_words(demand_id, made, desk)], desk)

    refused_with("demand.not-approved", lambda: services.hand_over(demand_id, desk, words=WORDS))


def test_a_second_person_gives_it_back_with_the_reason(programme: Programme, made: MadeCase) -> None:
    demand_id = proposed(made, programme.desk("ines"))

    services.send_back(demand_id, "The order names one message, not the report.", programme.desk("leyla"))

    view = queries.demand_for(demand_id, programme.desk("ines"))
    assert (view.stage, view.kept.sent_back) == (Stage.LOGGED, "The order names one message, not the report.")


def test_what_left_is_exactly_what_was_approved_listed_and_hashed(programme: Programme, made: MadeCase) -> None:
    conversation.say(made.report_id, "And my mother's address.", ring=made.ring, by=made.reporter, key=new_id())
    demand_id = approved(programme, made)

    content = services.hand_over(demand_id, programme.desk("ines"), words=WORDS)

    with ZipFile(BytesIO(content)) as archive:
        listed = json.loads(archive.read("list.json"))["pieces"]
        held = {name: archive.read(name) for name in archive.namelist() if name != "list.json"}
    assert [raw.decode() for raw in held.values()] == [SHE_WROTE]
    assert [each["sha256"] for each in listed] == [sha256(raw).hexdigest() for raw in held.values()]
    left = queries.demand_for(demand_id, programme.desk("leyla")).kept.left
    assert left is not None
    assert (left.sha256, left.by_name, left.approved_by_name) == (sha256(content).hexdigest(), "Ines", "Leyla")


def test_the_person_is_told_before_anything_leaves(programme: Programme, made: MadeCase) -> None:
    demand_id = approved(programme, made)

    refused_with("demand.no-words", lambda: services.hand_over(demand_id, programme.desk("ines")))
    services.hand_over(demand_id, programme.desk("ines"), words=WORDS)

    assert letters_to(made)[-1] == WORDS
    assert "report.told-of-demand" in [entry.action for entry in audit.entries_for(made.report_id)]


def test_somebody_whose_case_is_closed_is_told_too(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=CaseStage.CLOSED)
    demand_id = approved(programme, made)

    services.hand_over(demand_id, programme.desk("ines"), words=WORDS)

    assert letters_to(made)[-1] == WORDS


def test_silence_has_a_day_on_which_somebody_asks_again(programme: Programme, made: MadeCase, time: Clock) -> None:
    demand_id, ines = approved(programme, made, SILENT), programme.desk("ines")

    refused_with("demand.no-day", lambda: services.hand_over(demand_id, ines))
    services.hand_over(demand_id, ines, ask_again_on=LATER)

    assert WORDS not in letters_to(made)
    assert not _due()
    time.move(timedelta(days=31))
    programme.cookies.clear()  # nobody is still signed in then
    assert _due()
    services.keep_silent(demand_id, date(2027, 1, 20), programme.desk("ines"))
    assert not _due()
    services.tell(demand_id, WORDS, programme.desk("ines"))
    assert letters_to(made)[-1] == WORDS


def _due() -> bool:
    return not checks.DemandsAnswered().run().well


def test_what_changed_since_it_was_approved_does_not_leave(programme: Programme, made: MadeCase) -> None:
    desk, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    letter = conversation.say(made.report_id, "They came at ten.", ring=made.ring, by=made.reporter, key=new_id())
    services.consider(demand_id, STEPS, READING, desk)
    services.choose(demand_id, made.id, [letter], desk)
    services.propose(demand_id, desk)
    services.approve(demand_id, programme.desk("leyla"))
    conversation.forget(letter, ring=made.ring, by=made.reporter)

    with pytest.raises(NotAllowed):
        services.hand_over(demand_id, programme.desk("ines"), words=WORDS)


def test_what_reads_otherwise_than_when_it_was_chosen_is_neither_approved_nor_handed_over(
    programme: Programme, made: MadeCase
) -> None:
    waiting, agreed = proposed(made, programme.desk("ines")), approved(programme, made)
    report = Report.objects.get(pk=made.report_id)
    opened = vault.open_one(report.conversation, ring=made.ring, why="test")
    told = TOLD.read(report.sealed, opened, report.id)
    other = replace(told, answers=replace(told.answers, text="She made it all up."))
    Report.objects.update(sealed=TOLD.seal(other, opened, report.id))

    refused_with("demand.changed", lambda: services.approve(waiting, programme.desk("leyla")))
    refused_with("demand.changed", lambda: services.hand_over(agreed, programme.desk("ines"), words=WORDS))


def test_a_case_with_child_abuse_material_is_not_chosen_from(programme: Programme, made: MadeCase) -> None:
    demand_id = log(programme.desk("ines"))
    by_law.restrict(made.id, programme.desk("ines"), reason="One picture shows a child.")

    with pytest.raises(Refused):
        queries.choices_for(demand_id, made.id, programme.desk("ines"))


def test_nobody_else_reads_the_register(programme: Programme, time: Clock) -> None:
    demand_id = log(programme.desk("leyla"))

    assert queries.demands_for(programme.desk("ines")) == []
    with pytest.raises(NotAllowed):
        queries.demand_for(demand_id, programme.desk("ines"))
    with pytest.raises(NotAllowed):
        queries.demands_for(programme.desk("tomas"))


@pytest.mark.parametrize("wrong", [{"authority": " "}, {"asked": ""}, {"received_on": date(2027, 1, 1)}])
def test_a_demand_that_nobody_could_find_again_is_not_logged(
    programme: Programme, time: Clock, wrong: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        log(programme.desk("ines"), replace(SAID, **wrong))  # type: ignore[arg-type] # the fields of Demanded


def test_those_who_count_hear_that_one_ended_and_not_which(
    programme: Programme, made: MadeCase, django_capture_on_commit_callbacks: Captured
) -> None:
    heard = list[DemandEnded]()
    events.subscribe(DemandEnded, heard.append)
    demand_id = approved(programme, made)

    with django_capture_on_commit_callbacks(execute=True):
        services.hand_over(demand_id, programme.desk("ines"), words=WORDS)

    assert heard == [DemandEnded(handed_over=True)]
