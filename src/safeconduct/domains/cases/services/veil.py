"""Lifting a veil: looking at what was sent is a choice each time, and is written down."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.models import Case, Message, Report, StoredFile, WorkEntry
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import check_showing
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services.exposure import count_lifted
from safeconduct.domains.safety import queries as safety
from safeconduct.kernel.errors import NotAllowed

__all__ = ["Showing", "lift", "lift_for_review", "write_down"]


@transaction.atomic
def lift(case_id: UUID, item: UUID, showing: Showing, desk: Desk) -> None:
    """Record that this person looks at one thing of a case, and count it for their own eyes.

    The thing is a report, a letter, an entry of the work file or a file.
    """
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None or not _belongs(item, case):
        raise NotAllowed
    check_showing(showing, restricted=case.restricted)
    write_down(case_id, desk)


@transaction.atomic
def lift_for_review(case_id: UUID, item: UUID, showing: Showing, desk: Desk) -> None:
    """Record the same of a reviewer, whose ring holds the key of an appeal alone."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not reachable_reports(desk.ring).filter(case=case).exists() or not _belongs(item, case):
        raise NotAllowed
    check_showing(showing, restricted=case.restricted)
    write_down(case_id, desk)


@transaction.atomic
def write_down(subject: UUID, desk: Desk) -> None:
    """Record a look that was allowed, under the case or the appeal that the thing belongs to, and count it."""
    count_lifted(desk.member_id)
    audit.record(desk.actor, Deed.VEIL_LIFTED, subject)


def _belongs(item: UUID, case: Case) -> bool:
    return (
        Report.objects.filter(pk=item, case=case).exists()
        or Message.objects.filter(pk=item, report__case=case).exists()
        or WorkEntry.objects.filter(pk=item, case=case).exists()
        or StoredFile.objects.filter(pk=item, report__case=case).exists()
        or StoredFile.objects.filter(pk=item, case=case).exists()
        or safety.has_snapshot(item, [case.id, *case.reports.values_list("id", flat=True)])
    )
