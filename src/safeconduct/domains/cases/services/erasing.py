"""Erasing cases: keys, facts, letters, files and work file go; the number, the outcome and two days stay.

Nothing here needs a key, so a round can do it, and a restore can do it again.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import structlog
from django.db import transaction

from safeconduct.accounts import services as accounts
from safeconduct.audit import services as audit
from safeconduct.domains.cases import needed
from safeconduct.domains.cases.models import (
    Case,
    ErasureWish,
    Hold,
    LinkRecord,
    Message,
    Page,
    Report,
    StoredFile,
    WorkEntry,
)
from safeconduct.domains.cases.queries.due import about_case, due_cases, is_needed, keeps
from safeconduct.domains.cases.queries.keeping import is_held
from safeconduct.domains.cases.rules import Stage, rank_of, to_the_day
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.rules.keeping import check_erasable, complete_on
from safeconduct.domains.cases.services.drafts import delete_files
from safeconduct.domains.safety.services import forgetting
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE, Actor
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault import services as vault

log = structlog.get_logger()

# What goes with a case beside its reports, their letters and the files of both.
OF_A_CASE = (Hold, ErasureWish, WorkEntry, Page, LinkRecord)
# What of this room a restore must lose again, by the kind of a ledger's line.
LETTERS, WAYS = "cases.letters", "cases.ways-in"


def erase_due() -> int:
    """Erase every case whose time is over and that nothing keeps; return how many. One that stays stops no other."""
    return sum(_erase_due(case_id) for case_id in due_cases())


def _erase_due(case_id: UUID) -> int:
    try:
        return _erase_unless_kept(case_id)
    except Unavailable as fault:
        log.warning("case.not-erased", case=case_id, code=fault.code)
        return 0


@transaction.atomic
def _erase_unless_kept(case_id: UUID) -> int:
    # Locked first: a hold is asked for under the same lock, so neither overtakes the other.
    Case.objects.select_for_update().get(pk=case_id)
    if keeps(case_id):
        return 0
    erase_case(case_id, by=BY_RULE)
    return 1


@transaction.atomic
def erase_case(case_id: UUID, *, by: Actor) -> date:
    """Erase a closed case with all that linking made one with it; return when no backup can hold it any more."""
    about = about_case(case_id)
    cases = [*Case.objects.select_for_update().filter(pk__in=about).order_by("id")]
    closed = all(case.stage == Stage.CLOSED.value for case in cases)
    check_erasable(closed=closed, held=is_held([case_id]), needed=is_needed(about))
    going = about | _envelopes_of(cases) | needed.ids(about)

    _forget(cases)

    for case in cases:
        audit.record(by, Deed.CASE_ERASED, case.id)
    vault.destroy_all(going, by=by)
    return complete_on(clock.now().date())


def _envelopes_of(cases: Collection[Case]) -> set[UUID]:
    conversations = Report.objects.filter(case__in=cases).values_list("conversation", flat=True)
    return {case.work for case in cases} | {*conversations}


def _forget(cases: Collection[Case]) -> None:
    """Delete what hangs on these cases, and leave of each what numbers and the record need."""
    reports = [*Report.objects.filter(case__in=cases)]
    about = {case.id for case in cases} | {report.id for report in reports}
    needed.forget(about)
    forgetting.forget(about)
    _delete_rows(cases, reports)
    for case in cases:
        case.language, case.assignee, case.group, case.settled_at, case.sealed_cover = "", None, None, None, b""
        case.settle_due = case.received_at
        case.erased_on = case.erased_on or clock.now().date()
        _end(case)
        case.save(update_fields=case.changed)


def _end(case: Case) -> None:
    """Close what a backup knows as open, though it was closed and erased since: nobody is woken for what is gone."""
    case.stage, case.closed_at = Stage.CLOSED.value, case.closed_at or to_the_day(clock.now())
    case.due_at, case.due_kind, case.escalate_at, case.imminent_since = None, "", None, None
    case.rank = rank_of(Stage.CLOSED, None).value


def _delete_rows(cases: Collection[Case], reports: Collection[Report]) -> None:
    delete_files(StoredFile.objects.filter(report__in=reports).values_list("id", flat=True))
    delete_files(StoredFile.objects.filter(case__in=cases).values_list("id", flat=True))
    for rows in OF_A_CASE:
        rows.objects.filter(case__in=cases).delete()
    Message.objects.filter(report__in=reports).delete()
    for report in reports:
        accounts.end_sessions_of(report.id)
    Report.objects.filter(pk__in=[report.id for report in reports]).delete()


def forget_destroyed(ids: Collection[UUID]) -> None:
    """Delete after a restore what hung on cases that had been erased: their work files' envelopes are among ``ids``."""
    _forget([*Case.objects.filter(work__in=ids)])


def forget_letters(ids: Collection[UUID]) -> None:
    """Empty after a restore letters that their reporters had deleted, and delete their files."""
    delete_files(StoredFile.objects.filter(message_id__in=ids).values_list("id", flat=True))
    for message in Message.objects.filter(pk__in=ids).exclude(sealed=b""):
        message.revision += 1
        message.sealed = b""
        message.save(update_fields=["revision", "sealed"])


def close_ways_in(ids: Collection[UUID]) -> None:
    """Close after a restore the ways in that reporters had closed; ``ids`` are their reports."""
    for report in Report.objects.filter(pk__in=ids, reporter__isnull=False):
        if report.reporter is not None:
            vault.unwrap_again(report.conversation, report.reporter)
        report.reporter = None
        report.save(update_fields=["reporter"])
