"""Linking duplicates: several reports become one case, and no reporter sees another's conversation."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.models import Case, Report, StoredFile
from safeconduct.domains.cases.papers import ENTRY, WorkKind, merged
from safeconduct.domains.cases.rules import Outcome, Severity, Stage, Verb, check_link
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.cutting import cut_case
from safeconduct.domains.cases.services.deeds import OpenCase, open_case, save_case
from safeconduct.domains.cases.services.holding import check_not_excluded, give_joined, give_to, readers_of
from safeconduct.domains.cases.services.urgency import set_severity
from safeconduct.domains.safety.services import move_restraints
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused


@transaction.atomic
def link_reports(case_id: UUID, into_case_id: UUID, desk: Desk) -> None:
    """Move the reports of a case into another. The first is closed; what its reporters excluded counts for both."""
    if case_id == into_case_id:
        raise Refused("case.itself", "This is the same case. Choose another to link it to.")
    gone, kept = _both(case_id, into_case_id, desk)
    kept.must(Verb.LINK)
    check_link(gone.stage, taken_by_another=gone.case.assignee not in {None, desk.member_id, kept.case.assignee})
    cover = merged(kept.cover, gone.cover)
    if kept.case.assignee is not None:
        check_not_excluded(kept.case.assignee, cover)
    kept.case.restricted = kept.case.restricted or gone.case.restricted
    kept.case.known = kept.case.known or gone.case.known
    kept.change_cover(**{name: getattr(cover, name) for name in cover.__dataclass_fields__})
    moved = gone.reports
    readers = readers_of(kept.case, cover)
    give_to(kept, readers, also=[report.conversation for report in moved])
    _move(gone, kept, moved)
    _close(gone, kept)
    give_joined(kept, readers)
    kept.save()
    kept.tell(Deed.CASE_LINKED, reports=len(moved))
    for report in moved:
        audit.record(desk.actor, Deed.REPORT_LINKED, report.id)


def _both(case_id: UUID, into_case_id: UUID, desk: Desk) -> tuple[OpenCase, OpenCase]:
    # In one order whoever asks, so that two people linking the same two cases wait and do not lock each other out.
    opened = {each: open_case(each, desk, why="link two cases") for each in sorted((case_id, into_case_id))}
    return opened[case_id], opened[into_case_id]


def _move(gone: OpenCase, kept: OpenCase, moved: list[Report]) -> None:
    worse = min(gone.severity, kept.severity)
    now = clock.this_minute()
    set_severity(kept.case, kept.reports, worse, now=now)
    set_severity(gone.case, moved, worse, now=now)
    if kept.case.settled_at is None:
        kept.case.settle_due = min(kept.case.settle_due, gone.case.settle_due)
    kept.case.imminent_since = _earliest(kept.case, gone.case) if worse is Severity.P0 else None
    Report.objects.filter(pk__in=[report.pk for report in moved]).update(case=kept.case)
    StoredFile.objects.filter(case=gone.case).update(case=kept.case)
    _copy_work_file(gone, kept)
    move_restraints(gone.case.id, kept.case.id, work=gone.work, into_work=kept.work)


def _earliest(*cases: Case) -> datetime | None:
    return min((case.imminent_since for case in cases if case.imminent_since is not None), default=None)


def _copy_work_file(gone: OpenCase, kept: OpenCase) -> None:
    for row in gone.case.entries.order_by("ordinal"):
        entry = ENTRY.read(row.sealed, gone.work, row.id)
        kept.write_entry(replace(entry, linked=True))
    kept.write(WorkKind.LINKED, gone.case.number)


def _close(gone: OpenCase, kept: OpenCase) -> None:
    gone.write(WorkKind.LINKED, kept.case.number)
    gone.change_cover(linked_into=kept.case.number)
    gone.case.stage = Stage.CLOSED.value
    gone.case.outcome = Outcome.LINKED.value
    gone.case.joined = kept.case.id
    cut_case(gone.case)
    gone.case.pages.all().delete()
    save_case(gone.case)
    gone.tell(Deed.CASE_CLOSED)
