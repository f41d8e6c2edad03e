"""Promises about several reports that become one case."""

from datetime import timedelta

import pytest

from safeconduct.accounts import queries as accounts
from safeconduct.accounts import services
from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Danger, Outcome, Severity, Stage
from safeconduct.domains.cases.services import by_law, conversation, work
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import services as vault
from tests.accounts.test_coming_and_going import sign
from tests.domains.cases.making import MadeCase, make_case, partner_origin
from tests.domains.cases.test_conversation import picture, say
from tests.domains.cases.test_exclusions import opens
from tests.programme import LEADS, Programme
from tests.standing import Clock


def test_linked_reports_are_worked_on_together_and_share_no_conversation(programme: Programme) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE)
    gone = make_case(programme, text="A neighbour saw them too, at the blue gate behind the mill.")
    ines = programme.desk("ines")

    work.link_reports(gone.id, kept.id, ines)

    assert {report.id for report in queries.case_for(kept.id, ines).reports} == {kept.report_id, gone.report_id}
    assert queries.conversation_for(gone.report_id, gone.ring).case_id == kept.id
    with pytest.raises(NotAllowed):
        queries.conversation_for(gone.report_id, kept.ring)
    assert "blue gate" not in repr(queries.conversation_for(kept.report_id, kept.ring))


def test_the_case_that_is_linked_away_is_closed_and_says_where_it_went(programme: Programme) -> None:
    kept, gone = make_case(programme, stage=Stage.TRIAGE), make_case(programme)
    ines = programme.desk("ines")

    work.link_reports(gone.id, kept.id, ines)

    seen = queries.case_for(gone.id, ines)
    assert (seen.stage, seen.outcome, seen.reports) == (Stage.CLOSED, Outcome.LINKED, ())
    assert [note.text for note in seen.notes] == [kept.receipt.number]
    assert not opens(programme, "idris", gone.id)


def test_linking_keeps_the_more_urgent_severity_and_the_earlier_promise(programme: Programme, time: Clock) -> None:
    gone = make_case(programme, danger=Danger.NOW)
    time.move(timedelta(minutes=5))
    kept = make_case(programme, stage=Stage.TRIAGE)

    work.link_reports(gone.id, kept.id, programme.desk("ines"))

    seen = queries.conversation_for(kept.report_id, kept.ring)
    assert seen.severity is Severity.P0
    assert seen.settle_due == gone.receipt.settle_due
    assert queries.conversation_for(gone.report_id, gone.ring).reply_due == gone.receipt.reply_due


def test_two_imminent_cases_that_were_both_answered_can_be_linked(programme: Programme) -> None:
    kept, gone = (make_case(programme, stage=Stage.TRIAGE, danger=Danger.NOW) for _ in range(2))
    ines = programme.desk("ines")
    for made in (kept, gone):
        work.answer(made.id, made.report_id, "I have read it.", ines, key=new_id())

    work.link_reports(gone.id, kept.id, ines)

    assert queries.case_for(kept.id, ines).severity is Severity.P0
    assert len(queries.case_for(kept.id, ines).reports) == 2


def test_a_restricted_case_restricts_the_one_it_is_linked_to(programme: Programme) -> None:
    kept, gone = make_case(programme, stage=Stage.TRIAGE), make_case(programme, stage=Stage.TRIAGE)
    sent = picture()
    say(gone, "", sent)
    ines = programme.desk("ines")
    by_law.restrict(gone.id, ines, reason="The second picture.")

    work.link_reports(gone.id, kept.id, ines)

    assert queries.case_for(kept.id, ines).restricted
    with pytest.raises(Refused, match="Nothing of this case is shown"):
        queries.file_for(kept.id, sent.id, ines)
    with pytest.raises(Refused, match="Nothing of this case is shown"):
        queries.file_of_conversation(gone.report_id, sent.id, gone.ring)


def test_each_reporter_is_still_owed_a_reply_of_their_own(programme: Programme) -> None:
    kept, gone = make_case(programme, stage=Stage.TRIAGE), make_case(programme)
    ines = programme.desk("ines")
    work.link_reports(gone.id, kept.id, ines)

    work.answer(kept.id, kept.report_id, "I have read it.", ines, key=new_id())

    assert queries.conversation_for(kept.report_id, kept.ring).replied_at is not None
    assert queries.conversation_for(gone.report_id, gone.ring).replied_at is None
    assert queries.queue_for(ines)[0].due_kind == "reply"


def test_the_notes_come_over_with_the_reports(programme: Programme) -> None:
    kept, gone = make_case(programme, stage=Stage.TRIAGE), make_case(programme)
    ines = programme.desk("ines")
    work.add_note(gone.id, "She called the office.", ines)

    work.link_reports(gone.id, kept.id, ines)

    assert "She called the office." in [note.text for note in queries.case_for(kept.id, ines).notes]


def test_a_partner_goes_on_seeing_its_own_report_and_no_other(programme: Programme) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE)
    gone = make_case(programme, origin=partner_origin(programme))
    tomas = programme.desk("tomas")

    work.link_reports(gone.id, kept.id, programme.desk("ines"))

    assert queries.conversation_for(gone.report_id, tomas.ring).number == kept.receipt.number
    conversation.say(gone.report_id, "Still here.", ring=tomas.ring, by=tomas.actor, key=new_id())
    with pytest.raises(NotAllowed):
        queries.conversation_for(kept.report_id, tomas.ring)


def test_a_colleague_s_case_and_a_decided_one_are_not_linked_away(programme: Programme) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE)
    theirs = make_case(programme, stage=Stage.TRIAGE, by="idris")
    decided = make_case(programme, stage=Stage.DECIDED)
    leyla = programme.desk("leyla")

    with pytest.raises(Refused, match="A colleague has taken"):
        work.link_reports(theirs.id, kept.id, leyla)
    with pytest.raises(Refused, match="decided or closed"):
        work.link_reports(decided.id, kept.id, leyla)
    with pytest.raises(Refused, match="same case"):
        work.link_reports(kept.id, kept.id, leyla)


def linked_with_a_note(programme: Programme) -> tuple[MadeCase, MadeCase]:
    """Return a case in whose work file something stands, and the one it was linked into, both taken by Ines."""
    gone, kept = make_case(programme, stage=Stage.TRIAGE), make_case(programme, stage=Stage.TRIAGE)
    work.add_note(gone.id, "Her sister's flat is at the harbour.", programme.desk("ines"))
    work.link_reports(gone.id, kept.id, programme.desk("ines"))
    return gone, kept


def test_whoever_steps_back_loses_also_what_was_linked_in_before(programme: Programme) -> None:
    gone, kept = linked_with_a_note(programme)

    work.declare_conflict(kept.id, programme.desk("ines"), reason="I know the attacker.")

    assert not opens(programme, "ines", kept.id)
    assert not opens(programme, "ines", gone.id)
    assert opens(programme, "idris", gone.id)


def test_whoever_hands_over_loses_also_what_was_linked_in_before(programme: Programme) -> None:
    gone, kept = linked_with_a_note(programme)

    work.hand_over(kept.id, programme.member_id("idris"), programme.desk("ines"), note="Yours.")

    assert not opens(programme, "ines", gone.id)
    assert opens(programme, "idris", gone.id)


def test_a_lead_excluded_by_a_report_linked_later_loses_also_what_was_linked_in_before(programme: Programme) -> None:
    gone, kept = linked_with_a_note(programme)
    third = make_case(programme, exclusions=Exclusions(team_ids=frozenset({programme.team_id(LEADS)})))

    work.link_reports(third.id, kept.id, programme.desk("ines"))

    assert not opens(programme, "leyla", gone.id)
    assert opens(programme, "ines", gone.id)


def test_what_was_linked_in_twice_follows_too(programme: Programme) -> None:
    gone, kept = linked_with_a_note(programme)
    last = make_case(programme, stage=Stage.TRIAGE)
    ines = programme.desk("ines")
    work.link_reports(kept.id, last.id, ines)

    work.hand_over(last.id, programme.member_id("idris"), ines, note="Yours.")

    assert [opens(programme, "ines", each.id) for each in (gone, kept, last)] == [False, False, False]
    assert [opens(programme, "idris", each.id) for each in (gone, kept, last)] == [True, True, True]


def test_whoever_kept_a_linked_work_file_loses_it_when_somebody_who_opens_both_comes_in(programme: Programme) -> None:
    gone, kept = linked_with_a_note(programme)
    ines = programme.desk("ines")
    work.declare_conflict(kept.id, ines, reason="I know the attacker.")
    envelope = Case.objects.get(pk=gone.id).work
    own = accounts.person_recipient(programme.member_id("ines"))
    vault.rewrap(envelope, ring=programme.desk("leyla").ring, add=[own], drop=(), by=ines.actor)

    work.rewrap_waiting(programme.desk("leyla"))

    assert not opens(programme, "ines", gone.id)
    assert work.rewrap_waiting(programme.desk("leyla")) == 0


def test_new_keys_give_a_linked_work_file_to_nobody_but_the_readers_of_what_it_became(programme: Programme) -> None:
    gone, _kept = linked_with_a_note(programme)
    leyla = programme.desk("leyla")
    services.rekey_team(programme.team_id(LEADS), by=leyla)
    sign(programme, programme.team_id(LEADS))

    work.rewrap_waiting(programme.desk("ines"))

    assert [opens(programme, name, gone.id) for name in ("ines", "leyla", "idris")] == [True, True, False]
