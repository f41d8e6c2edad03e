"""Groups of alike reports that nobody has taken, of those a desk can open."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.queries.crowding import FEWEST, untaken_groups
from safeconduct.domains.cases.queries.queue import cover_of
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.views import Group
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Opened
from safeconduct.vault import services as vault

NUMBERS_SHOWN = 20


def flood_groups_for(desk: Desk, limit: int = 20) -> list[Group]:
    """Return the largest groups first. Two alike may be chance; three are shown."""
    return _groups(_facts(_waiting(desk), fewest=FEWEST, limit=limit), desk)


def flood_group_for(group_id: UUID, desk: Desk) -> Group:
    """Return one group, with the line of its most urgent case as a sample."""
    found = _facts(_waiting(desk).filter(group=group_id), fewest=1, limit=1)
    groups = _groups(found, desk)
    if not groups:
        raise NotAllowed
    return groups[0]


def _facts(cases: "QuerySet[Case]", *, fewest: int, limit: int) -> list[Mapping[str, Any]]:
    sized = cases.values("group").annotate(
        size=Count("*"), worst=Min("severity"), first=Min("received_at"), last=Max("received_at")
    )
    return [*sized.filter(size__gte=fewest).order_by("-size", "group")[:limit]]


def _groups(found: list[Mapping[str, Any]], desk: Desk) -> list[Group]:
    # Nothing is locked while looking: a colleague may take the last of a group after it was counted.
    shown = {facts["group"]: _first_of(facts["group"], desk) for facts in found}
    works = [rows[0][0] for rows in shown.values() if rows]
    firsts = {case.group: case for case in Case.objects.filter(work__in=works)}
    opened = vault.open([case.work for case in firsts.values()], ring=desk.ring, why="look at groups of reports")
    return [
        _group(facts, shown[facts["group"]], firsts[facts["group"]], opened)
        for facts in found
        if facts["group"] in firsts and firsts[facts["group"]].work in opened
    ]


def _first_of(group_id: UUID, desk: Desk) -> list[tuple[UUID, str]]:
    first = _waiting(desk).filter(group=group_id).order_by("severity", "received_at", "work")
    return [*first.values_list("work", "number")[:NUMBERS_SHOWN]]


def _group(
    facts: Mapping[str, Any], shown: list[tuple[UUID, str]], first: Case, opened: Mapping[UUID, Opened]
) -> Group:
    return Group(
        id=facts["group"],
        size=facts["size"],
        severity=Severity(facts["worst"]),
        first_at=facts["first"],
        last_at=facts["last"],
        numbers=tuple(number for _, number in shown),
        sample=cover_of(first, opened).summary,
    )


def _waiting(desk: Desk) -> "QuerySet[Case]":
    check_staff(desk)
    return untaken_groups(reachable_cases(desk.ring))
