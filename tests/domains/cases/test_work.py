"""Promises about staff's work on a case."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case, Message, Report, WorkEntry
from safeconduct.domains.cases.rules import Assessment, Danger, Degree, Sender, Severity, Stage, Threat, Verb
from safeconduct.domains.cases.services import conversation, evidence, veil, work
from safeconduct.domains.cases.services.veil import Showing
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault.streams import SealedReader, SealedWriter
from tests.domains.cases.making import ASSESSMENT, make_case
from tests.domains.cases.test_exclusions import opens
from tests.programme import Programme
from tests.standing import Clock

LOW = Assessment(Degree.LOW, Degree.LOW, Degree.LOW, Degree.LOW)
GRAVE = Assessment(Degree.EXTREME, Degree.LOW, Degree.EXTREME, Degree.EXTREME)


def test_taking_a_case_gives_its_keys_to_the_taker_and_the_leads_alone(programme: Programme) -> None:
    made = make_case(programme)

    work.take_case(made.id, programme.desk("ines"))

    assert {name for name in ("ines", "idris", "leyla") if opens(programme, name, made.id)} == {"ines", "leyla"}
    assert queries.case_for(made.id, programme.desk("ines")).stage is Stage.TRIAGE


def test_a_case_is_taken_once(programme: Programme) -> None:
    made = make_case(programme)
    work.take_case(made.id, programme.desk("ines"))

    with pytest.raises(NotAllowed):
        work.take_case(made.id, programme.desk("idris"))


def test_a_handed_over_case_leaves_the_hands_it_was_in(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)

    work.hand_over(made.id, programme.member_id("idris"), programme.desk("ines"), note="She writes Arabic.")

    seen = queries.case_for(made.id, programme.desk("idris"))
    assert (seen.assignee, seen.notes[-1].text) == ("Idris", "She writes Arabic.")
    assert not opens(programme, "ines", made.id)


def test_a_partner_never_works_on_a_case(programme: Programme) -> None:
    made = make_case(programme)

    with pytest.raises(NotAllowed):
        work.take_case(made.id, programme.desk("tomas"))
    with pytest.raises(NotAllowed):
        queries.queue_for(programme.desk("tomas"))


def test_only_whoever_holds_a_case_or_leads_works_on_it(programme: Programme) -> None:
    made = make_case(programme)

    with pytest.raises(Refused, match="Take it first"):
        work.assess(made.id, ASSESSMENT, "", programme.desk("idris"))
    work.take_case(made.id, programme.desk("ines"))
    work.assess(made.id, ASSESSMENT, "", programme.desk("leyla"))


def test_a_raised_case_is_due_sooner_from_now_on(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    now = time.move(timedelta(minutes=20))

    work.assess(made.id, GRAVE, "", programme.desk("ines"))

    seen = queries.conversation_for(made.report_id, made.ring)
    assert seen.severity is Severity.P0
    assert seen.reply_due == now + timedelta(minutes=15)
    assert seen.settle_due == now + timedelta(hours=1)


def test_a_case_is_lowered_only_with_a_reason_that_is_kept(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    ines = programme.desk("ines")

    with pytest.raises(Refused, match="less urgent"):
        work.assess(made.id, LOW, " ", ines)
    work.assess(made.id, LOW, "The address is an old one.", ines)

    seen = queries.case_for(made.id, ines)
    assert seen.severity is Severity.P3
    assert (seen.assessment.reason, seen.assessment.by_name) == ("The address is an old one.", "Ines")
    assert seen.clocks[0].due_at == made.receipt.received_at + timedelta(hours=72)


def test_an_answer_keeps_the_first_promise_and_shows_who_wrote(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    time.move(timedelta(minutes=5))
    key = new_id()

    work.answer(made.id, made.report_id, "I have read it all.", programme.desk("ines"), key=key)
    work.answer(made.id, made.report_id, "I have read it all.", programme.desk("ines"), key=key)

    seen = queries.conversation_for(made.report_id, made.ring)
    assert [(letter.text, letter.sender, letter.sender_name) for letter in seen.messages] == [
        ("I have read it all.", Sender.US, "Ines")
    ]
    assert (seen.replied_at, seen.answer_due, seen.state) == (time.now, None, "answered")


def test_a_later_message_starts_a_promise_of_its_own(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    work.answer(made.id, made.report_id, "I am here.", programme.desk("ines"), key=new_id())
    asked = time.move(timedelta(minutes=30))

    conversation.say(made.report_id, "And now?", ring=made.ring, by=made.reporter, key=new_id())
    conversation.say(made.report_id, "Hello?", ring=made.ring, by=made.reporter, key=new_id())
    time.move(timedelta(minutes=10))

    row = queries.queue_for(programme.desk("ines"))[0]
    assert (row.due_kind, row.due_at) == ("answer", asked + timedelta(hours=2))


def test_stopping_the_harm_keeps_the_second_promise(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)

    work.mark_mitigated(made.id, "All three posts are hidden.", programme.desk("ines"))

    seen = queries.case_for(made.id, programme.desk("ines"))
    assert [each.kind.value for each in seen.clocks if each.kept] == ["settle"]
    assert seen.stage is Stage.ACTING


def test_the_queue_names_a_case_by_a_line_that_quotes_nothing(programme: Programme) -> None:
    made = make_case(programme, happened=(Threat.T5, Threat.T9))
    ines = programme.desk("ines")

    assert queries.queue_for(ines)[0].summary == "private details made public, threat to life or liberty"
    work.summarise(made.id, "  Address posted,\n threat tonight ", ines)
    assert queries.queue_for(ines)[0].summary == "Address posted, threat tonight"


def test_the_queue_goes_by_severity_then_by_what_falls_due(programme: Programme, time: Clock) -> None:
    later = make_case(programme, danger=Danger.SOON)
    time.move(timedelta(minutes=-30))
    sooner = make_case(programme, danger=Danger.SOON)
    imminent = make_case(programme, danger=Danger.NOW)
    done = make_case(programme, danger=Danger.NOW, stage=Stage.DECIDED)

    shown = [row.case_id for row in queries.queue_for(programme.desk("leyla"))]

    assert shown == [imminent.id, sooner.id, later.id, done.id]


def test_one_damaged_case_does_not_hide_the_others(programme: Programme) -> None:
    damaged, whole = make_case(programme), make_case(programme)
    Case.objects.filter(pk=damaged.id).update(sealed_cover=Case.objects.get(pk=whole.id).sealed_cover)

    rows = {row.case_id: row.summary for row in queries.queue_for(programme.desk("ines"))}

    assert "damaged" in rows[damaged.id]
    assert rows[whole.id] == "private details made public"


def test_the_views_of_the_queue(programme: Programme) -> None:
    mine, nobodys = make_case(programme, stage=Stage.TRIAGE), make_case(programme)
    closed = make_case(programme, stage=Stage.CLOSED)
    ines = programme.desk("ines")

    shown = {view: {row.case_id for row in queries.queue_for(ines, view)} for view in ("mine", "open", "all", "closed")}

    assert shown == {"mine": {mine.id}, "open": {nobodys.id}, "all": {mine.id, nobodys.id}, "closed": {closed.id}}


def test_the_queue_s_mark_changes_with_the_queue_and_opens_nothing(programme: Programme) -> None:
    ines = programme.desk("ines")
    before = queries.queue_mark_for(ines)
    made = make_case(programme)
    after = queries.queue_mark_for(ines)
    work.take_case(made.id, ines)

    assert len({before, after, queries.queue_mark_for(ines)}) == 3


def test_a_case_is_found_by_its_number(programme: Programme) -> None:
    made = make_case(programme)

    assert queries.case_numbered(f" {made.receipt.number.lower()}", programme.desk("ines")) == made.id


def test_notes_stay_in_the_work_file(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    work.add_note(made.id, "Ask the Lisbon office.", programme.desk("ines"))

    seen = queries.conversation_for(made.report_id, made.ring)

    assert "Lisbon" not in repr(seen)
    assert [note.text for note in queries.case_for(made.id, programme.desk("ines")).notes] == ["Ask the Lisbon office."]


def test_evidence_is_kept_with_its_fingerprint_and_opens_again(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    ines = programme.desk("ines")
    with SealedWriter(name="posts.pdf", kind="application/pdf") as writer:
        writer.write(b"%PDF the three posts")
        kept = writer.finish()

    evidence.add(made.id, kept, note="Captured before hiding.", desk=ines)

    shown = queries.case_for(made.id, ines).evidence
    assert [(each.name, each.source, each.by_name, each.sha256) for each in shown] == [
        ("posts.pdf", "us", "Ines", kept.sha256)
    ]
    assert SealedReader(queries.file_for(made.id, kept.id, ines)).everything() == b"%PDF the three posts"
    with pytest.raises(NotAllowed):
        queries.file_for(made.id, kept.id, programme.desk("idris"))


def test_lifting_a_veil_is_written_down(programme: Programme) -> None:
    made, other = make_case(programme), make_case(programme)
    ines = programme.desk("ines")

    veil.lift(made.id, made.report_id, Showing.WORDS, ines)

    timeline = queries.case_for(made.id, ines).timeline
    assert ("veil.lifted", "Ines") in {(line.action, line.by) for line in timeline}
    with pytest.raises(NotAllowed):
        veil.lift(made.id, other.report_id, Showing.WORDS, ines)


def test_the_timeline_tells_who_did_what_and_names_no_reporter(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    timeline = queries.case_for(made.id, programme.desk("leyla")).timeline

    assert [(line.action, line.by) for line in timeline] == [
        ("report.received", ""),
        ("case.taken", "Ines"),
        ("case.assessed", "Ines"),
        ("report.decided", "Ines"),
    ]


def test_what_may_be_done_is_told_with_the_case(programme: Programme) -> None:
    made = make_case(programme)

    assert Verb.TAKE in queries.case_for(made.id, programme.desk("ines")).can
    work.take_case(made.id, programme.desk("ines"))
    assert Verb.DECIDE in queries.case_for(made.id, programme.desk("ines")).can


def test_a_report_is_seen_whole_by_whoever_works_on_it(programme: Programme) -> None:
    made = make_case(programme)

    seen = queries.case_for(made.id, programme.desk("idris"))

    assert seen.reports[0].answers == made.answers
    assert {str(reader) for reader in seen.people} == {"Lisbon team", "Nairobi team", "Leads"}
    assert [account.handle for account in seen.accounts] == ["amina", "stranger"]


def test_nothing_that_was_written_stands_in_the_tables_in_clear(programme: Programme) -> None:
    phrase = "the blue gate behind the mill"
    made = make_case(programme, text=phrase, country="XK", accounts=(), who_in_danger=phrase, tell=phrase)
    work.take_case(made.id, programme.desk("ines"))
    work.add_note(made.id, phrase, programme.desk("ines"))
    work.answer(made.id, made.report_id, phrase, programme.desk("ines"), key=new_id())

    rows = [row for model in (Case, Report, Message, WorkEntry) for row in model.objects.values_list()]
    told = [bytes(cell) if isinstance(cell, memoryview) else cell for row in rows for cell in row]

    assert not [cell for cell in told if isinstance(cell, bytes) and b"blue gate" in cell]
    assert not [cell for cell in told if isinstance(cell, str) and ("gate" in cell or "XK" in cell or "T5" in cell)]


def test_a_change_writes_back_its_own_columns_and_no_other(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)

    with CaptureQueriesContext(connection) as asked:
        work.summarise(made.id, "One line.", programme.desk("ines"))

    (written,) = [each["sql"] for each in asked if each["sql"].startswith('UPDATE "cases_case"')]
    assert set(re.findall(r'"(\w+)" = ', written.partition(" WHERE ")[0])) == {"revision", "sealed_cover"}


def test_a_case_with_many_reports_reads_their_acts_at_once(programme: Programme) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE)
    ines = programme.desk("ines")

    for _ in range(3):
        work.link_reports(make_case(programme).id, kept.id, ines)
    with CaptureQueriesContext(connection) as asked:
        queries.case_for(kept.id, ines)

    assert sum('FROM "safety_bundleorder"' in each["sql"] for each in asked) == 1
