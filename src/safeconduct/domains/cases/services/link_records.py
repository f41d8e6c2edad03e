"""Telling the operator's helpdesk that a case exists: number, severity, clock, address, and nothing else ever."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from safeconduct.audit import services as audit
from safeconduct.connectors import link_records
from safeconduct.connectors.link_records import Helpdesk
from safeconduct.domains.cases.models import Case, LinkRecord
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Unavailable

log = structlog.get_logger()

AT_ONCE = 20
TRY_AGAIN_AFTER = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
CLOSED = Stage.CLOSED.value


def tell_helpdesk() -> int:
    """Bring the helpdesk up to date and return how many records were. Without a helpdesk nothing is kept for one."""
    helpdesk = link_records.the_helpdesk()
    if helpdesk is None:
        return 0
    _begin_records()
    due = _untold().filter(next_at__lte=clock.now()).order_by("next_at").values_list("id", flat=True)
    return sum(_tell(helpdesk, record_id) for record_id in [*due[:AT_ONCE]])


@transaction.atomic
def _begin_records() -> None:
    new = Case.objects.filter(link_record__isnull=True).exclude(stage=CLOSED).values_list("id", flat=True)
    rows = [LinkRecord(case_id=case_id, next_at=clock.this_minute()) for case_id in new[:AT_ONCE]]
    LinkRecord.objects.bulk_create(rows, ignore_conflicts=True)


def _untold() -> "QuerySet[LinkRecord]":
    """Return the records of cases that stand otherwise than the helpdesk was told."""
    closing = Q(case__stage=CLOSED, closed=False) | (Q(closed=True) & ~Q(case__stage=CLOSED))
    severity = ~Q(severity=F("case__severity"))
    due = Q(due_at__isnull=True, case__due_at__isnull=False) | Q(due_at__isnull=False, case__due_at__isnull=True)
    moved = Q(due_at__isnull=False, case__due_at__isnull=False) & ~Q(due_at=F("case__due_at"))
    still_open = Q(closed=False) & (severity | due | moved)
    return LinkRecord.objects.filter(closing | still_open)


def _tell(helpdesk: Helpdesk, record_id: UUID) -> int:
    claimed = _claim(record_id)
    if claimed is None:
        return 0
    told = _as_told(claimed.case)
    try:
        reference = claimed.reference or helpdesk.file(told)
        if claimed.reference:
            helpdesk.renew(reference, told)
    except Unavailable as fault:
        log.warning("helpdesk.not-told", case=str(claimed.case_id), code=fault.code)
        return 0
    _keep(claimed, reference, told)
    return 1


@transaction.atomic
def _claim(record_id: UUID) -> LinkRecord | None:
    """Note the next try before this one, so that neither a crash nor a second process floods a helpdesk."""
    now = clock.now()
    found = LinkRecord.objects.select_for_update().filter(id=record_id, next_at__lte=now).first()
    if found is None:
        return None
    found.tries = min(found.tries + 1, 10)
    found.next_at = _to_the_minute(now + min(TRY_AGAIN_AFTER * 2 ** (found.tries - 1), LONGEST_WAIT))
    found.save(update_fields=["tries", "next_at"])
    return found


@transaction.atomic
def _keep(claimed: LinkRecord, reference: str, told: link_records.LinkRecord) -> None:
    said = {"severity": told.severity, "due_at": told.due_at, "closed": told.closed}
    kept = LinkRecord.objects.filter(id=claimed.id)
    if kept.update(reference=reference, tries=0, next_at=clock.this_minute(), **said):
        audit.record(BY_RULE, Deed.CASE_HELPDESK_TOLD, claimed.case_id)


def _as_told(case: Case) -> link_records.LinkRecord:
    closed = case.stage == CLOSED
    return link_records.LinkRecord(
        number=case.number,
        severity=case.severity,
        due_at=None if closed else case.due_at,
        address=f"{settings.CONSOLE_ADDRESS}/cases/{case.id}",
        closed=closed,
    )


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
