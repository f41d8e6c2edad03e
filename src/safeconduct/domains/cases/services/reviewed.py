"""Deciding a case again after an appeal. There is no other way to change a decision that was made."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import services as audit
from safeconduct.domains.cases.events import CaseDecided
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.papers import COVER, Decided, Letter, WorkKind
from safeconduct.domains.cases.queries.handed_on import check_opens
from safeconduct.domains.cases.queries.hands import hands_on
from safeconduct.domains.cases.queries.letters import times_of
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.cases.queries.reach import reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import (
    OUTCOME_OF,
    ClockKind,
    Outcome,
    Sender,
    Severity,
    Stage,
    check_decision,
    first_due,
    to_the_day,
)
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import (
    OpenCase,
    OpenReport,
    after_commit,
    open_reports,
    ring_after_commit,
)
from safeconduct.domains.cases.services.holding import give_to, is_blind, readers_of
from safeconduct.domains.cases.services.letters import write_letter
from safeconduct.domains.cases.services.urgency import on_clock
from safeconduct.domains.cases.values import Decision
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import services as vault

OPEN_AGAIN = (
    "The case is open again, and others are working on it. Once they have decided you can change that decision. "
    "Write to whoever appealed that it takes longer."
)
DECIDED = frozenset({Stage.DECIDED, Stage.CLOSED})


def lock_case(case_id: UUID) -> Stage:
    """Lock a case and return where it stands: whoever keeps something for its review locks it before anything else."""
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    return Stage(case.stage)


@transaction.atomic
def decide_again(case_id: UUID, decision: Decision, desk: Desk) -> Outcome:
    """Put another decision in the place of the one that stood, and write to every reporter this review can reach.

    The desk's ring is the one that was put together for this review alone.
    """
    case = _case_for(case_id, desk)
    check_decision(evidence=decision.evidence, words_for_reporter=decision.words_for_reporter)
    outcome = OUTCOME_OF[decision.reason]
    if outcome in {Outcome.CHILD_ABUSE, Outcome.NOT_ABOUT_A_DEFENDER}:
        raise Refused("appeal.outcome", "An appeal cannot end in this. Return the case for work instead.")
    now = clock.this_minute()
    said = Decided(outcome, decision.reason, decision.words_for_reporter, desk.display_name, now)
    case.outcome = outcome.value
    case.save(update_fields=["outcome"])
    for each in _reports(case, desk):
        _tell(each, said, day_only=case.stage == Stage.CLOSED.value)
        facts = on_clock(each.report, outcome=outcome.value)
        audit.record(desk.actor, Deed.REPORT_DECIDED_AGAIN, each.report.id, facts=facts)
    if held := _work_file(case, desk):
        held.write(WorkKind.DECIDED, decided=replace(said, by=desk.member_id, evidence=decision.evidence), text="")
    return outcome


@transaction.atomic
def return_for_work(case_id: UUID, desk: Desk, *, without: Collection[UUID]) -> None:
    """Open a decided case again for somebody who has had no hand in it; its second promise begins anew."""
    case = _case_for(case_id, desk)
    held = _work_file(case, desk)
    if held is None or len(_reports(case, desk)) != case.reports.count():
        sentence = "You hold only what the appellant could hand you, so the case cannot be given back. Decide it here."
        raise Refused("appeal.cannot-return", sentence)
    now = clock.this_minute()
    for each in _reports(case, desk):
        _restore_times(each)
        audit.record(desk.actor, Deed.REPORT_RETURNED, each.report.id)
    case.stage, case.outcome, case.assignee, case.closed_at = Stage.NEW.value, "", None, None
    case.settled_at, case.settle_due = None, first_due(Severity(case.severity), ClockKind.SETTLE, now)
    held.change_cover(without=held.cover.without | frozenset(without))
    give_to(held, readers_of(case, held.cover))
    held.save()
    held.tell(Deed.CASE_RETURNED)


def _case_for(case_id: UUID, desk: Desk) -> Case:
    """Return the case where it is now, locked, unless this person has had a hand in it or nothing is decided."""
    desk.must(Role.APPEAL_REVIEWER)
    # The key of an appeal is blind and stands alone on its ring. One's own keys, or a team's, decide nothing again.
    if not all(is_blind(each) for each in desk.ring.recipient_ids):
        raise NotAllowed
    case = Case.objects.select_for_update().filter(pk=present_case(case_id)).first()
    if case is None or desk.member_id in hands_on(case.id):
        raise NotAllowed
    check_opens(case.id, desk.ring)
    if Stage(case.stage) not in DECIDED:
        raise Refused("appeal.case-open-again", OPEN_AGAIN)
    return case


def _reports(case: Case, desk: Desk) -> list[OpenReport]:
    found = [*reachable_reports(desk.ring).filter(case=case).select_for_update().order_by("received_at", "id")]
    for each in found:
        each.case = case
    return open_reports(found, desk.ring, why="decide an appeal")


def _work_file(case: Case, desk: Desk) -> OpenCase | None:
    if not reachable_cases(desk.ring).filter(pk=case.id).exists():
        return None
    work = vault.open_one(case.work, ring=desk.ring, why="decide an appeal")
    return OpenCase(case, desk, work, COVER.read(case.sealed_cover, work, case.id, case.revision))


def _tell(conversation: OpenReport, said: Decided, *, day_only: bool) -> None:
    letter = Letter(Sender.US, said.by_name, said.words, said.at, decided=said)
    row = write_letter(conversation, letter)
    if day_only:
        conversation.report.messages.filter(pk=row).update(at=to_the_day(said.at))
    after_commit(CaseDecided(conversation.report.id, conversation.report.case_id, conversation.told.organisation))
    ring_after_commit(conversation.told)


def _restore_times(opened: OpenReport) -> None:
    """Put the exact times, which closing moved under the seal, back into the columns that clocks are read from."""
    report: Report = opened.report
    if not report.sealed_times:
        return
    times = times_of(report, opened.conversation)
    reply = next(each for each in times.clocks if each.kind is ClockKind.REPLY)
    report.received_at, report.reply_due, report.replied_at = times.received_at, reply.due_at, reply.kept_at
    report.sealed_times = b""
    report.save(update_fields=["received_at", "reply_due", "replied_at", "sealed_times"])
