"""Staff's work on a case: taking, handing over, stepping back, noting, assessing, answering."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.events import AnswerGiven
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import Letter, WorkKind
from safeconduct.domains.cases.queries.people import colleagues_for
from safeconduct.domains.cases.rules import (
    Assessment,
    Sender,
    Severity,
    Stage,
    Verb,
    check_keeping,
    check_lowering,
    check_message,
)
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import (
    OpenCase,
    OpenReport,
    after_commit,
    open_case,
    open_report,
    ring_after_commit,
)
from safeconduct.domains.cases.services.holding import check_not_excluded, give_to, holder_and_leads, readers_of
from safeconduct.domains.cases.services.letters import already_written, mark_replied, write_letter
from safeconduct.domains.cases.services.linking import link_reports
from safeconduct.domains.cases.services.rewrapping import rewrap_waiting
from safeconduct.domains.cases.services.ringing import ring_again, ring_for
from safeconduct.domains.cases.services.urgency import set_severity
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import SealedFile
from safeconduct.vault.papers import kept_files

__all__ = [
    "add_note",
    "answer",
    "assess",
    "declare_conflict",
    "hand_over",
    "link_reports",
    "mark_mitigated",
    "rewrap_waiting",
    "summarise",
    "take_case",
]

LONGEST_LINE = 160


@transaction.atomic
def take_case(case_id: UUID, desk: Desk) -> None:
    """Take a case: its keys go to the taker and the leads (one colleague, where none may read), and leave the rest."""
    held = open_case(case_id, desk, why="take the case")
    held.must(Verb.TAKE)
    check_not_excluded(desk.member_id, held.cover)
    held.case.assignee = desk.member_id
    if held.stage is Stage.NEW:
        held.move(Stage.TRIAGE)
    give_to(held, holder_and_leads(desk.member_id, held.cover, work=held.case.work))
    # Whoever takes a case says by it that they have it, so nobody is woken on for the steps until now.
    held.case.pages.filter(acknowledged_at__isnull=True).update(
        acknowledged_at=clock.this_minute(), acknowledged_by=desk.member_id
    )
    held.save()
    held.tell(Deed.CASE_TAKEN)


@transaction.atomic
def hand_over(case_id: UUID, to: UUID, desk: Desk, *, note: str) -> None:
    """Give a case to a colleague who may have it, with a word about where it stands."""
    held = open_case(case_id, desk, why="hand the case over")
    held.must(Verb.HAND_OVER)
    if to not in {colleague.id for colleague in colleagues_for(case_id, desk)}:
        sentence = "This case cannot go to this colleague. Choose one of those listed."
        raise Refused("case.colleague", sentence)
    held.write(WorkKind.HANDED_OVER, note)
    held.case.assignee = to
    give_to(held, holder_and_leads(to, held.cover, work=held.case.work))
    # They may be asleep: what is owed is not said to anybody else, now that somebody has the case.
    ring_for(held.case, to)
    held.save()
    held.tell(Deed.CASE_HANDED_OVER, to=str(to))


@transaction.atomic
def declare_conflict(case_id: UUID, desk: Desk, *, reason: str) -> None:
    """Step back for a conflict of interest. From here on this person can neither open the case nor be given it."""
    held = open_case(case_id, desk, why="step back from the case")
    held.must(Verb.STEP_BACK)
    held.write(WorkKind.STEPPED_BACK, reason)
    held.change_cover(without=held.cover.without | {desk.member_id})
    if held.case.assignee in {None, desk.member_id}:
        held.case.assignee = None
        ring_again(held.case)
    give_to(held, readers_of(held.case, held.cover))
    held.save()
    held.tell(Deed.CASE_STEPPED_BACK)


@transaction.atomic
def add_note(case_id: UUID, text: str, desk: Desk) -> UUID:
    """Write into the work file, which neither reporter nor partner can open."""
    held = open_case(case_id, desk, why="write a note")
    held.must(Verb.NOTE)
    check_message(text, 0)
    entry = held.write(WorkKind.NOTE, text)
    held.tell(Deed.CASE_NOTED)
    return entry


@transaction.atomic
def summarise(case_id: UUID, text: str, desk: Desk) -> None:
    """Write the one line by which the queue names a case; empty goes back to the rules' own."""
    held = open_case(case_id, desk, why="summarise the case")
    held.must(Verb.NOTE)
    held.change_cover(line=" ".join(text.split())[:LONGEST_LINE])
    held.save()
    held.tell(Deed.CASE_SUMMARISED)


@transaction.atomic
def assess(case_id: UUID, assessment: Assessment, reason: str, desk: Desk) -> Severity:
    """Answer the four questions and return the severity they give. Lowering a case takes a reason."""
    held = open_case(case_id, desk, why="assess the case")
    held.must(Verb.ASSESS)
    before, after = held.severity, assessment.severity
    check_lowering(before, after, reason)
    now = clock.this_minute()
    held.write(WorkKind.ASSESSED, reason)
    held.change_cover(
        assessment=assessment, assessed_as=after, assessed_why=reason, assessed_by=desk.member_id, assessed_at=now
    )
    set_severity(held.case, held.reports, after, now=now)
    start_acting(held)
    held.save()
    _tell_severity(held, before, after)
    return after


def _tell_severity(held: OpenCase, before: Severity, after: Severity) -> None:
    held.tell(Deed.CASE_ASSESSED, severity=after.value)
    if after is not before:
        held.tell_of_promises(Deed.REPORT_RAISED if after.above(before) else Deed.REPORT_LOWERED)


@transaction.atomic
def mark_mitigated(case_id: UUID, how: str, desk: Desk) -> None:
    """Say that the harm has been stopped, and how. It keeps the second promise."""
    held = open_case(case_id, desk, why="say that the harm is stopped")
    held.must(Verb.MITIGATED)
    check_message(how, 0)
    held.write(WorkKind.MITIGATED, how)
    held.case.settled_at = held.case.settled_at or clock.this_minute()
    start_acting(held)
    held.save()
    held.tell_of_reports(Deed.REPORT_MITIGATED)


def start_acting(held: OpenCase) -> None:
    """Move a case on from triage once somebody has done something about it."""
    if held.stage is Stage.TRIAGE:
        held.move(Stage.ACTING)


@transaction.atomic
def answer(
    case_id: UUID, report_id: UUID, text: str, desk: Desk, *, key: UUID, files: Sequence[SealedFile] = ()
) -> UUID:
    """Write to one reporter of a case, under the writer's own name. The same ``key`` twice is one letter."""
    held = open_case(case_id, desk, why="answer")
    conversation = open_report(report_id, desk.ring, why="answer")
    if already_written(conversation, key):
        return key
    _check_answer(held.case, conversation, text, files)
    held.must(Verb.SAY)
    letter = Letter(Sender.US, desk.display_name, text, clock.this_minute(), kept_files(files))
    write_letter(conversation, letter, key=key, files=files)
    mark_replied(conversation)
    held.save()
    audit.record(desk.actor, Deed.REPORT_ANSWERED, report_id)
    after_commit(AnswerGiven(report_id, case_id, conversation.told.organisation))
    ring_after_commit(conversation.told)
    return key


def _check_answer(case: Case, conversation: OpenReport, text: str, files: Sequence[SealedFile]) -> None:
    if conversation.report.case_id != case.id:
        raise NotAllowed
    check_message(text, len(files))
    if files:
        check_keeping(restricted=case.restricted)
