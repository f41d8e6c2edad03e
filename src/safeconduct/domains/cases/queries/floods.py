"""Groups of alike reports that nobody has taken, of those a desk can open."""

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
    rows = _waiting(desk).values_list("group").annotate(size=Count("id")).filter(size__gte=FEWEST).order_by("-size")
    return [flood_group_for(group_id, desk) for group_id, _ in rows[:limit] if group_id]


def flood_group_for(group_id: UUID, desk: Desk) -> Group:
    """Return one group, with the line of its first case as a sample."""
    cases = _waiting(desk).filter(group=group_id)
    first = cases.order_by("received_at", "id").first()
    if first is None:
        raise NotAllowed
    facts = cases.aggregate(size=Count("id"), worst=Min("severity"), first=Min("received_at"), last=Max("received_at"))
    opened = vault.open_one(first.work, ring=desk.ring, why="look at a group of reports")
    return Group(
        id=group_id,
        size=facts["size"],
        severity=Severity(facts["worst"]),
        first_at=facts["first"],
        last_at=facts["last"],
        numbers=tuple(cases.order_by("received_at", "id").values_list("number", flat=True)[:NUMBERS_SHOWN]),
        sample=COVER.read(first.sealed_cover, opened, first.id, first.revision).summary,
    )


def _waiting(desk: Desk) -> "QuerySet[Case]":
    check_staff(desk)
    return reachable_cases(desk.ring).filter(group__isnull=False, assignee__isnull=True, stage=Stage.NEW.value)
