"""What a report names is put into the index of accounts: at once while it is awake, or later by whoever can open it.

Until then it waits where it lies anyway, sealed in the report itself: nobody more can read it than can read the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction

from safeconduct.accounts.services.putting_out import Agreement
from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import local_name
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import Told, Written, told_in, written_in
from safeconduct.domains.cases.queries.reach import check_staff, reachable_reports
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.domains.early_warning.queries import keys_awake
from safeconduct.domains.early_warning.rules import Kind, Value
from safeconduct.kernel.errors import SafeconductError
from safeconduct.vault import Opened
from safeconduct.vault import services as vault
from safeconduct.vault.index import IndexKeys

AT_ONCE = 200
ANEW = "put reports into the index"
NOTHING_WRITTEN = Written()

log = structlog.get_logger()


def index_after_commit(report_id: UUID, told: Told, written: Written = NOTHING_WRITTEN) -> None:
    """Put a report into the index once it is kept for good, if the index is awake."""
    transaction.on_commit(partial(_index_if_awake, report_id, told, written))


def _index_if_awake(report_id: UUID, told: Told, written: Written) -> None:
    """Never fail: the report is kept, and whoever opens it next brings it into the index."""
    try:
        if keys := keys_awake():
            _index(report_id, told, written, keys)
    except (SafeconductError, DatabaseError) as fault:
        log.warning("report.not-indexed", report=str(report_id), fault=type(fault).__name__)


def index_waiting(desk: Desk, keys: IndexKeys) -> int:
    """Put into the index what waits and what this person can open, and return how many reports that were.

    A damaged report is passed over, and hides none of those behind it.
    """
    check_staff(desk)
    waiting = reachable_reports(desk.ring).filter(indexed=False).order_by("id")
    done, some = 0, [*waiting[:AT_ONCE]]
    while some and done < AT_ONCE:
        done += _index_some(some, desk, keys)
        some = [*waiting.filter(id__gt=some[-1].id)[:AT_ONCE]]
    return done


def _index_some(waiting: Sequence[Report], desk: Desk, keys: IndexKeys) -> int:
    opened = vault.open([each.conversation for each in waiting], ring=desk.ring, why=ANEW)
    return sum(_opened_and_indexed(each, opened, keys) for each in waiting)


def _opened_and_indexed(report: Report, opened: Mapping[UUID, Opened], keys: IndexKeys) -> int:
    try:
        conversation = opened[report.conversation]
        return _index(report.id, told_in(report, conversation), written_in(report, conversation), keys)
    except (KeyError, SafeconductError, ValueError) as fault:
        log.warning("report.not-indexed", report=str(report.id), fault=type(fault).__name__)
        return 0


@transaction.atomic
def begin_again(desk: Desk, agreement: Agreement | None = None) -> int:
    """Let every report wait to be put into the index anew, and return how many do; what does not open there goes.

    ``agreement`` is a custodian's to a new first key, where a key is gone. What nobody here opens waits for who does.
    """
    check_staff(desk)
    if agreement is None:
        # Whoever is not of the team has nothing to put anything into.
        early_warning.opened_keys(desk, why=ANEW)
    else:
        early_warning.begin_anew(by=desk, agreement=agreement)
    Report.objects.filter(indexed=True).update(indexed=False)
    early_warning.forget_set_aside(by=desk)
    early_warning.note_rebuilding(by=desk)
    return Report.objects.filter(indexed=False).count()


def index_all(desk: Desk) -> Iterator[int]:
    """Put into the index, with one's own keys, all that waits and that one can open; yield how many, by batches."""
    keys = early_warning.opened_keys(desk, why=ANEW)
    while done := index_waiting(desk, keys):
        yield done


def index_at_sign_in(desk: Desk) -> int:
    """Put into the index what this person can open, if it is awake."""
    keys = keys_awake()
    return index_waiting(desk, keys) if keys else 0


@transaction.atomic
def _index(report_id: UUID, told: Told, written: Written, keys: IndexKeys) -> int:
    report = Report.objects.select_for_update().filter(pk=report_id, indexed=False).first()
    if report is None:
        return 0
    # A team's key also opens for whoever joins it later, and one of them may be the very person left out.
    if not told.answers.exclusions:
        early_warning.name_report(report_id, values_of(told), keys=keys, gone=_taken_back(written))
    report.indexed = True
    report.save(update_fields=["indexed"])
    return 1


def values_of(told: Told) -> tuple[Value, ...]:
    """Return what a report is found again by: the accounts it names, and the partner's own number for it."""
    accounts = _by(told.answers.accounts)
    return (*accounts, Value(Kind.REFERENCE, told.reference)) if told.reference else accounts


def _taken_back(written: Written) -> tuple[Value, ...]:
    return _by([each.named for each in written.accounts if each.back_at is not None])


def _by(named: Sequence[AccountNamed]) -> tuple[Value, ...]:
    protected = (Value(Kind.PROTECTED, local_name(each.handle), each.platform) for each in named if each.mine)
    return (*(Value(Kind.ACCOUNT, each.handle, each.platform) for each in named), *protected)
