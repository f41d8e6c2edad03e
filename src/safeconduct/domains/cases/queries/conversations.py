"""A conversation, for whoever holds a key to it: the reporter, their partner, staff."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.audit import queries as audit
from safeconduct.audit.queries import ProofBundle
from safeconduct.domains.cases import door
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import FEEDBACK, Feedback, Times, Told, told_in
from safeconduct.domains.cases.queries.consents import consent_in
from safeconduct.domains.cases.queries.keeping import is_held
from safeconduct.domains.cases.queries.letters import (
    Letters,
    asks_feedback,
    decisions_in,
    files_of,
    letters_of,
    messages_of,
    times_of,
)
from safeconduct.domains.cases.queries.people import readers_of_report
from safeconduct.domains.cases.queries.reach import reachable_reports
from safeconduct.domains.cases.rules import Clock, ClockKind, Outcome, Sender, Severity, Stage
from safeconduct.domains.cases.rules.deeds import CLOCK_DEEDS, Deed
from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel import clock
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened, confiding
from safeconduct.vault import services as vault

SIDES = {ActorKind.REPORTER: Sender.REPORTER, ActorKind.MEMBER: Sender.US}


@dataclass(frozen=True)
class OpenedReport:
    """A report read in full with an opened envelope."""

    report: Report
    opened: Opened = field(repr=False)
    told: Told = field(repr=False)
    letters: Letters = field(repr=False)
    times: Times

    @property
    def feedback(self) -> Feedback | None:
        """Return what the reporter said at the end, if they did."""
        sealed = self.report.sealed_feedback
        return FEEDBACK.read(sealed, self.opened, self.report.id) if sealed else None


def read_report(report: Report, opened: Opened) -> OpenedReport:
    """Read a report and its letters."""
    told = told_in(report, opened)
    return OpenedReport(report, opened, told, letters_of(report, opened), times_of(report, opened))


def conversation_for(report_id: UUID, ring: Keyring) -> ConversationView:
    """Return a conversation; ``NotAllowed`` alike when it is missing and when this ring cannot open it."""
    report = _report(report_id, ring)
    opened = vault.open_one(report.conversation, ring=ring, why="read the conversation")
    acts = safety.bundles_for(report.id, {opened.id: opened})
    return _view(read_report(report, opened), tuple(acts), SIDES.get(ring.actor.kind, Sender.PARTNER))


def _report(report_id: UUID, ring: Keyring) -> Report:
    report = reachable_reports(ring).select_related("case").filter(pk=report_id).first()
    if report is None:
        raise NotAllowed
    return report


def _view(read: OpenedReport, acts: tuple[BundleView, ...], side: Sender) -> ConversationView:
    report, case = read.report, read.report.case
    clocks = {each.kind: each for each in read.times.clocks}
    reply, settle = clocks[ClockKind.REPLY], clocks[ClockKind.SETTLE]
    stage = Stage(case.stage)
    decisions = decisions_in(read.letters)
    return ConversationView(
        report_id=report.id,
        case_id=case.id,
        number=case.number,
        conversation=report.conversation,
        stage=stage,
        severity=Severity(case.severity),
        outcome=Outcome(case.outcome) if case.outcome and stage in {Stage.DECIDED, Stage.CLOSED} else None,
        language=read.told.answers.language,
        received_at=read.times.received_at,
        clocks=read.times.clocks,
        reply_due=reply.due_at,
        replied_at=reply.kept_at,
        answer_due=_answer_due(reply, clocks.get(ClockKind.ANSWER)),
        settle_due=settle.due_at,
        answers=read.told.answers,
        files=files_of(read.told.files),
        messages=messages_of(read.letters, side),
        acts=acts,
        decision=decisions[-1] if decisions else None,
        earlier=decisions[:-1],
        who_can_read=readers_of_report(report, read.told),
        origin=read.told.origin,
        partner_name=read.told.partner_name,
        reference=read.told.reference if side is not Sender.REPORTER else "",
        writer_name=accounts.names_for([case.assignee]).get(case.assignee, "") if case.assignee else "",
        files_allowed=not door.flooding() or reply.kept_at is not None,
        may_write=stage is not Stage.CLOSED,
        closed=stage is Stage.CLOSED,
        closed_at=_closed_at(report.id) if stage is Stage.CLOSED else None,
        way_open=report.reporter is not None,
        held=side is Sender.REPORTER and is_held([case.id]),
        files_held=case.restricted,
        feedback_asked=asks_feedback(read.letters),
        feedback_given=bool(report.sealed_feedback),
        consent=consent_in(report, read.opened),
        as_of=clock.this_minute(),
    )


def _closed_at(report_id: UUID) -> datetime | None:
    # The row keeps the day alone; the record has the minute, and is the reporter's own proof.
    said = [entry.at for entry in audit.entries_for(report_id) if entry.action == Deed.REPORT_CLOSED]
    return said[-1] if said else None


def _answer_due(reply: Clock, answer: Clock | None) -> datetime | None:
    if reply.kept_at is None:
        return reply.due_at
    return answer.due_at if answer is not None and answer.kept_at is None else None


def clock_proof(report_id: UUID, ring: Keyring, *, older: str | None = None) -> ProofBundle:
    """Return the signed proof of everything on a report's clock, for whoever can open its conversation.

    Not inside a transaction: a signature that was undone would be a second tree.
    """
    report = _report(report_id, ring)
    opened = vault.open_one(report.conversation, ring=ring, why="prove the clock")
    return audit.proof_for(report_id, CLOCK_DEEDS, older=older, unseal=confiding.read_as_addressee(opened))
