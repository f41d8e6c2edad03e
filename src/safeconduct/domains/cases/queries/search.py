"""Cases that name the same account or partner's number. Of a case that one may not open not even a count."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.queries.queue import BY_URGENCY, rows_of
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.views import CaseView, QueueRow
from safeconduct.domains.early_warning.queries import keys_awake, reports_naming, reports_naming_any
from safeconduct.domains.early_warning.rules import Kind, Value
from safeconduct.kernel.ids import new_id
from safeconduct.vault import queries as vault
from safeconduct.vault.index import IndexKeys

MOST_FOUND = 50
MOST_NAMED = 20


@dataclass(frozen=True)
class OtherCase:
    """Another case that names an account of this one, and that the reader can open."""

    id: UUID
    number: str


@dataclass(frozen=True)
class NamedElsewhere:
    """Which other cases name an account of this one. ``awake`` says whether anybody could look."""

    awake: bool
    cases: tuple[OtherCase, ...] = ()


def cases_naming(value: Value, desk: Desk, *, keys: IndexKeys) -> list[QueueRow]:
    """Return the cases this desk can open whose reports named a value, the most urgent first."""
    check_staff(desk)
    found = _naming(reports_naming(value, keys=keys), desk).order_by(*BY_URGENCY)
    return rows_of([*found[:MOST_FOUND]], desk, why="look for a case")


def named_elsewhere(case: CaseView, desk: Desk) -> NamedElsewhere:
    """Return the other cases that name an account of this one. No conversation is opened for it."""
    check_staff(desk)
    keys = keys_awake()
    if keys is None:
        return NamedElsewhere(awake=False)
    values = [Value(Kind.ACCOUNT, each.handle, each.platform) for each in case.accounts]
    others = _naming(reports_naming_any(values, keys=keys), desk).exclude(pk=case.id).order_by("-received_at", "id")
    rows = others.values_list("id", "number")[:MOST_NAMED]
    return NamedElsewhere(awake=True, cases=tuple(OtherCase(each, number) for each, number in rows))


def _naming(report_ids: Iterable[UUID], desk: Desk) -> "QuerySet[Case]":
    # One id that nothing has: where none was found, the same question is still asked, and takes as long.
    named = Report.objects.filter(pk__in=[*report_ids, new_id()]).values("case_id")
    return reachable_cases(desk.ring).filter(pk__in=named)


def reports_not_indexed() -> int:
    """Return how many reports wait for somebody who can open them to bring them into the index."""
    return Report.objects.filter(indexed=False).count()


def reports_still_there(report_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these reports that somebody can still open: the index keeps no other."""
    found = dict(Report.objects.filter(pk__in=report_ids).values_list("conversation", "id"))
    held = vault.recipients_of_each(found)
    return frozenset(report_id for conversation, report_id in found.items() if held[conversation])
