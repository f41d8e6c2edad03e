"""Whether an account is one that a report of another open case asks to protect, and who was asked to agree to an act.

Asked only once somebody orders: what a page shows before that must not be a way to try out names.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef, local_name
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.papers import ENTRY, Entry, told_in
from safeconduct.domains.cases.queries.reach import reachable_cases
from safeconduct.domains.cases.rules import Rank
from safeconduct.domains.early_warning.queries import keys_awake, reports_naming
from safeconduct.domains.early_warning.rules import Kind, Value
from safeconduct.domains.safety.rules import is_protected
from safeconduct.kernel import clock
from safeconduct.vault import DoesNotOpen, Opened
from safeconduct.vault import services as vault

MOST_OPENED = 200
ASKED_FOR = timedelta(hours=24)


def is_protected_elsewhere(account: AccountRef, case_id: UUID, desk: Desk) -> bool:
    """Answer whether a report of another open case asks to protect an account, as far as anybody can tell now.

    Read are the cases that this desk can open; of all others only what the index knows, while it is awake.
    """
    return _in_the_index(account, case_id) or any(
        is_protected(account, each) for each in _protected_in_reach(case_id, desk)
    )


def _in_the_index(account: AccountRef, case_id: UUID) -> bool:
    keys = keys_awake()
    if keys is None:
        return False
    named = reports_naming(Value(Kind.PROTECTED, local_name(account.handle), account.platform), keys=keys)
    others = Report.objects.filter(pk__in=named, case__rank__lt=Rank.CLOSED.value).exclude(case_id=case_id)
    return others.exists()


def _protected_in_reach(case_id: UUID, desk: Desk) -> Iterator[list[AccountRef]]:
    cases = reachable_cases(desk.ring).filter(rank__lt=Rank.CLOSED.value).exclude(pk=case_id)
    reports = [*Report.objects.filter(case__in=cases).order_by("-received_at", "-id")[:MOST_OPENED]]
    if not reports:
        return
    opened = vault.open([each.conversation for each in reports], ring=desk.ring, why="act against an attack")
    for report in reports:
        if report.conversation in opened:
            yield _protected_by(report, opened[report.conversation])


def _protected_by(report: Report, opened: Opened) -> list[AccountRef]:
    try:
        named = told_in(report, opened).answers.accounts
    except DoesNotOpen:
        # One report that somebody damaged must not hide the others.
        return []
    return [AccountRef(each.platform, each.handle) for each in named if each.mine]


def entries_of(case: Case, work: Opened) -> list[tuple[UUID, Entry]]:
    """Return the entries of a work file, oldest first."""
    return [(row.id, ENTRY.read(row.sealed, work, row.id)) for row in case.entries.order_by("ordinal")]


def standing(entries: Iterable[tuple[UUID, Entry]]) -> Iterator[tuple[UUID, Entry]]:
    """Return what a second person was asked within a day, and has neither agreed to nor seen taken back."""
    read = [*entries]
    answered = {entry.answers for _row, entry in read if entry.answers}
    for row, entry in read:
        if entry.asked and not entry.linked and row not in answered and clock.now() - entry.at < ASKED_FOR:
            yield row, entry
