"""Groups of alike reports that nobody has taken, of those a desk can open."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import COVER
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Severity, Stage
from safeconduct.domains.cases.views import Group
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import services as vault

FEWEST = 3
NUMBERS_SHOWN = 20


def flood_groups_for(desk: Desk, limit: int = 20) -> list[Group]:
    """Return the largest groups first. Two alike may be chance; three are shown."""
    return [_group(facts, desk) for facts in _facts(_waiting(desk), fewest=FEWEST, limit=limit)]


def flood_group_for(group_id: UUID, desk: Desk) -> Group:
    """Return one group, with the line of its first case as a sample."""
    found = _facts(_waiting(desk).filter(group=group_id), fewest=1, limit=1)
    if not found:
        raise NotAllowed
    return _group(found[0], desk)


def _facts(cases: "QuerySet[Case]", *, fewest: int, limit: int) -> list[Mapping[str, Any]]:
    sized = cases.values("group").annotate(
        size=Count("id"), worst=Min("severity"), first=Min("received_at"), last=Max("received_at")
    )
    return [*sized.filter(size__gte=fewest).order_by("-size", "group")[:limit]]


def _group(row: Mapping[str, Any], desk: Desk) -> Group:
    shown = [*_waiting(desk).filter(group=row["group"]).order_by("received_at", "id")[:NUMBERS_SHOWN]]
    first = shown[0]
    opened = vault.open_one(first.work, ring=desk.ring, why="look at a group of reports")
    return Group(
        id=row["group"],
        size=row["size"],
        severity=Severity(row["worst"]),
        first_at=row["first"],
        last_at=row["last"],
        numbers=tuple(case.number for case in shown),
        sample=COVER.read(first.sealed_cover, opened, first.id, first.revision).summary,
    )


def _waiting(desk: Desk) -> "QuerySet[Case]":
    check_staff(desk)
    return reachable_cases(desk.ring).filter(group__isnull=False, assignee__isnull=True, stage=Stage.NEW.value)
