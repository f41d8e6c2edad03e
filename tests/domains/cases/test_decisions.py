"""Promises about decisions and endings."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.events import CaseClosed
from safeconduct.domains.cases.models import Case, Message, Page, Report, WorkEntry
from safeconduct.domains.cases.rules import Linkage, Outcome, Reason, Showing, Stage, Threat, Verb
from safeconduct.domains.cases.services import by_law, conversation, decisions, veil, work
from safeconduct.domains.cases.values import Contribution
from safeconduct.kernel import events
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import DECISION, make_case, partner_origin
from tests.domains.cases.test_conversation import picture, say
from tests.programme import Programme
from tests.standing import Clock


def test_a_decision_reaches_the_reporter_without_what_is_for_others(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    decision = queries.conversation_for(made.report_id, made.ring).decision

    assert decision is not None
    assert (decision.outcome, decision.words, decision.decided_by_name) == (
        Outcome.PROTECTED,
        "The three posts are gone.",
        "Ines",
    )
    assert (decision.words_for_acted_on, decision.evidence) == ("", ())


def test_staff_read_the_whole_decision(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    decision = queries.case_for(made.id, programme.desk("leyla")).decision

    assert decision is not None
    assert decision.evidence == DECISION.evidence
    assert decision.words_for_acted_on == DECISION.words_for_acted_on


def test_a_refusal_with_reasons_keeps_both_promises(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    refusal = replace(DECISION, reason=Reason.RULES_ALLOW_IT, words_for_acted_on="")

    assert decisions.decide(made.id, refusal, programme.desk("ines")) is Outcome.NO_ACTION

    assert all(clock.kept for clock in queries.conversation_for(made.report_id, made.ring).clocks)


def test_the_person_acted_on_never_learns_of_the_account_to_protect(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    telling = replace(DECISION, words_for_acted_on="Leave amina alone.")

    with pytest.raises(Refused, match="whom we protect"):
        decisions.decide(made.id, telling, programme.desk("ines"))


def test_child_abuse_material_is_neither_shown_nor_copied_by_anybody(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    sent = picture()
    say(made, "", sent)
    ines = programme.desk("ines")

    by_law.restrict(made.id, ines, reason="The second picture.")

    assert queries.case_for(made.id, ines).restricted
    assert queries.queue_for(ines)[0].restricted
    for attempt in (
        lambda: queries.file_for(made.id, sent.id, ines),
        lambda: queries.file_of_conversation(made.report_id, sent.id, made.ring),
        lambda: veil.lift(made.id, sent.id, Showing.PICTURE_GREY, ines),
    ):
        with pytest.raises(Refused, match="Nothing of this case is shown"):
            attempt()


def test_what_is_restricted_stays_so_however_the_case_is_decided(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    sent = picture()
    say(made, "", sent)
    ines = programme.desk("ines")
    by_law.restrict(made.id, ines, reason="The second picture.")

    decisions.decide(made.id, DECISION, ines)

    assert queries.case_for(made.id, ines).restricted
    with pytest.raises(Refused, match="Nothing of this case is shown"):
        queries.file_for(made.id, sent.id, ines)
    with pytest.raises(Refused, match="Nothing of this case is shown"):
        queries.file_of_conversation(made.report_id, sent.id, made.ring)


def test_a_case_decided_as_child_abuse_material_is_restricted(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    ines = programme.desk("ines")

    decisions.decide(made.id, replace(DECISION, reason=Reason.CHILD_ABUSE_MATERIAL), ines)

    assert queries.case_for(made.id, ines).restricted


def test_the_reporter_learns_an_outcome_only_with_the_decision(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    by_law.restrict(made.id, programme.desk("ines"), reason="The second picture.")

    assert queries.conversation_for(made.report_id, made.ring).outcome is None


def test_closing_asks_whether_the_platform_contributed(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)
    ines = programme.desk("ines")

    with pytest.raises(Refused, match="how the platform contributed"):
        decisions.close_case(made.id, Contribution(Linkage.FEATURE_MISUSED), feedback_asked=False, desk=ines)
    decisions.close_case(made.id, Contribution(Linkage.NONE), feedback_asked=False, desk=ines)

    assert queries.case_for(made.id, ines).linkage is Linkage.NONE


def test_nothing_changes_a_closed_case(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.CLOSED)
    ines = programme.desk("ines")

    attempts = (
        lambda: work.take_case(made.id, ines),
        lambda: work.add_note(made.id, "One more thing.", ines),
        lambda: work.answer(made.id, made.report_id, "One more thing.", ines, key=new_id()),
        lambda: work.declare_conflict(made.id, ines, reason="Late."),
        lambda: decisions.decide(made.id, DECISION, ines),
        lambda: decisions.close_case(made.id, Contribution(Linkage.NONE), feedback_asked=False, desk=ines),
        lambda: conversation.say(made.report_id, "Again.", ring=made.ring, by=made.reporter, key=new_id()),
    )
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
    assert queries.case_for(made.id, ines).can == frozenset[Verb]()


def test_after_closing_only_days_stand_in_clear_and_the_times_open_by_key(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    received = made.receipt.received_at
    time.move(timedelta(minutes=7))
    say(made, "One more thing.")
    for step in (decisions.decide,):
        step(made.id, DECISION, programme.desk("ines"))
    decisions.close_case(made.id, Contribution(Linkage.NONE), feedback_asked=True, desk=programme.desk("ines"))

    seen = queries.conversation_for(made.report_id, made.ring)
    assert (seen.received_at, seen.replied_at) == (received, received + timedelta(minutes=7))
    assert [letter.at for letter in seen.messages] == [received + timedelta(minutes=7)]
    rows = [row for model in (Case, Report, Message, WorkEntry) for row in model.objects.values()]
    moments = [cell for row in rows for cell in row.values() if hasattr(cell, "minute")]
    assert {(each.hour, each.minute) for each in moments} == {(0, 0)}


def test_a_closed_case_is_announced_for_counting_and_not_which_it_was(
    programme: Programme, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    heard: list[CaseClosed] = []
    events.subscribe(CaseClosed, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        make_case(programme, stage=Stage.CLOSED, country="XK", origin=partner_origin(programme))
        make_case(programme, stage=Stage.CLOSED, exclusions=Exclusions(countries=frozenset({"KE"})))

    assert heard == [
        CaseClosed("XK", (Threat.T5,), "ar", Outcome.PROTECTED, True, True, False, 0, True),
        CaseClosed("", (Threat.T5,), "ar", Outcome.PROTECTED, True, True, False, 0, False),
    ]


def test_no_page_outlives_its_case(programme: Programme) -> None:
    make_case(programme, stage=Stage.CLOSED)

    assert not Page.objects.exists()


def test_a_partner_sees_the_outcome_and_the_promises_of_its_own_report(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.CLOSED, origin=partner_origin(programme))

    row = queries.reports_for_partner(programme.desk("tomas").ring)[0]

    assert (row.report_id, row.reference, row.outcome) == (made.report_id, "HH-7", Outcome.PROTECTED)
    assert all(clock.kept for clock in row.clocks)
    assert not row.late


def test_whoever_never_took_part_cannot_close(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    with pytest.raises(NotAllowed):
        decisions.close_case(made.id, Contribution(Linkage.NONE), feedback_asked=False, desk=programme.desk("idris"))
