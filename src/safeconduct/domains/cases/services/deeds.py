"""What the verbs share: a case or a report locked, opened, changed and written back."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.models import Case, Report, WorkEntry
from safeconduct.domains.cases.papers import COVER, ENTRY, Cover, Decided, Entry, Told, WorkKind, told_in
from safeconduct.domains.cases.queries.cases import verbs_for
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import (
    Severity,
    Stage,
    Verb,
    check_may,
    check_move,
    next_due,
    next_rung_at,
    rank_of,
)
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.urgency import on_clock, promise_on
from safeconduct.domains.partners import services as bells
from safeconduct.kernel import clock, events
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened, confiding
from safeconduct.vault import services as vault


@dataclass
class OpenCase:
    """A case locked for one change, its work file open to the desk that makes it."""

    case: Case
    desk: Desk
    work: Opened = field(repr=False)
    cover: Cover = field(repr=False)

    @property
    def stage(self) -> Stage:
        """Return where the case stands."""
        return Stage(self.case.stage)

    @property
    def severity(self) -> Severity:
        """Return how urgent it is."""
        return Severity(self.case.severity)

    @property
    def reports(self) -> list[Report]:
        """Return its reports, oldest first."""
        return [*self.case.reports.select_for_update().order_by("received_at", "id")]

    def must(self, verb: Verb) -> None:
        """Refuse what this desk may not do with the case now."""
        check_may(verb, verbs_for(self.case, self.desk))

    def move(self, to: Stage) -> None:
        """Take the case to its next stage."""
        check_move(self.stage, to)
        self.case.stage = to.value

    def write(self, kind: WorkKind, text: str = "", **more: Any) -> UUID:  # noqa: ANN401 - the fields of Entry
        """Add an entry to the work file."""
        return self.write_entry(Entry(kind, self.desk.member_id, clock.this_minute(), text, **more))

    def write_entry(self, entry: Entry) -> UUID:
        """Add an entry as it is, such as one that comes over from a linked case."""
        ordinal = (self.case.entries.aggregate(last=Max("ordinal"))["last"] or 0) + 1
        row = WorkEntry(case=self.case, ordinal=ordinal, at=entry.at)
        row.sealed = ENTRY.seal(entry, self.work, row.id)
        row.save(force_insert=True)
        return row.id

    def decided(self) -> Decided | None:
        """Return the decision the work file holds, if there is one."""
        entries = (ENTRY.read(row.sealed, self.work, row.id) for row in self.case.entries.order_by("-ordinal"))
        return next((entry.decided for entry in entries if entry.decided is not None), None)

    def change_cover(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Cover
        """Seal the cover anew; the caller saves the case."""
        self.cover = replace(self.cover, **changes)
        self.case.revision += 1
        self.case.sealed_cover = COVER.seal(self.cover, self.work, self.case.id, self.case.revision)

    def save(self) -> None:
        """Write the case back with its next promise."""
        save_case(self.case)

    def tell(self, action: Deed, **facts: str | int) -> None:
        """Record something about the case itself."""
        kept = confiding.under(self.work, **facts) if facts else None
        audit.record(self.desk.actor, action, self.case.id, facts=kept)

    def tell_of_reports(self, action: Deed, **facts: str | int) -> None:
        """Record something on the clock of each of its reports, so that each side can prove its own."""
        for report in self.reports:
            audit.record(self.desk.actor, action, report.id, facts=on_clock(report, **facts) if facts else None)

    def tell_of_promises(self, action: Deed) -> None:
        """Record on each report's clock that its promises changed, and be bound to what they are now."""
        for report in self.case.reports.select_related("case"):
            audit.record(self.desk.actor, action, report.id, facts=on_clock(report, **promise_on(report)))


@dataclass
class OpenReport:
    """A report locked for one change, its conversation open."""

    report: Report
    conversation: Opened = field(repr=False)
    told: Told = field(repr=False)

    @property
    def case(self) -> Case:
        """Return the case it belongs to."""
        return self.report.case


def open_case(case_id: UUID, desk: Desk, *, why: str) -> OpenCase:
    """Lock and open a case; ``NotAllowed`` alike when it is missing and when this desk cannot open it."""
    check_staff(desk)
    case = reachable_cases(desk.ring).select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    work = vault.open_one(case.work, ring=desk.ring, why=why)
    return OpenCase(case, desk, work, COVER.read(case.sealed_cover, work, case.id, case.revision))


def open_report(report_id: UUID, ring: Keyring, *, why: str) -> OpenReport:
    """Lock and open a report; ``NotAllowed`` alike when it is missing and when this ring cannot open it."""
    openable = reachable_reports(ring)
    # The case first, in every service: two changes then wait for each other and never cross.
    case = Case.objects.select_for_update().filter(pk__in=openable.filter(pk=report_id).values("case_id")).first()
    report = Report.objects.select_for_update().filter(pk=report_id, case=case).first() if case else None
    if case is None or report is None:
        raise NotAllowed
    report.case = case
    opened = vault.open_one(report.conversation, ring=ring, why=why)
    return OpenReport(report, opened, told_in(report, opened))


def open_reports(reports: list[Report], ring: Keyring, *, why: str) -> list[OpenReport]:
    """Open several reports of one case at once; ``NotAllowed`` unless all open."""
    opened = vault.open([report.conversation for report in reports], ring=ring, why=why)
    if len(opened) != len(reports):
        raise NotAllowed
    return [
        OpenReport(report, opened[report.conversation], told_in(report, opened[report.conversation]))
        for report in reports
    ]


def save_case(case: Case, *, escalated_to: datetime | None = None) -> None:
    """Write a case back, with its next promise and the next time to wake somebody worked out anew.

    ``escalated_to`` is the moment up to which the escalation has done its part.
    """
    reports = [*case.reports.all()]
    if all(report.replied_at and report.answer_due is None for report in reports):
        case.imminent_since = None
    clocks = [] if case.closed_at else [each for report in reports for each in clocks_of(report, case)]
    following = next_due(clocks)
    case.due_at = following.due_at if following else None
    case.due_kind = following.kind.value if following else ""
    case.rank = rank_of(Stage(case.stage), following).value
    since = None if case.closed_at else case.imminent_since
    case.escalate_at = next_rung_at(Severity(case.severity), clocks, imminent_since=since, after=escalated_to)
    case.save(update_fields=case.changed)


def after_commit(fact: object) -> None:
    """Announce a fact once the transaction stands."""
    transaction.on_commit(partial(events.announce, fact))


def ring_after_commit(told: Told) -> None:
    """Let a partner's bell say, once the transaction stands, that something waits for them. It says no more."""
    if told.partner_name:
        transaction.on_commit(partial(_ring, told.partner_name))


def _ring(partner_name: str) -> None:
    bells.ring_bell(partner_name)


def reporter_actor(report_id: UUID) -> Actor:
    """Return the actor that stands for whoever holds a report's code."""
    return Actor(ActorKind.REPORTER, report_id)
