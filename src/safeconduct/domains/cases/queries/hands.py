"""Who has had a hand in a case, and how often it was decided: whoever looks again must be fresh to it."""

from collections.abc import Collection
from uuid import UUID

from safeconduct.audit import queries as audit
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.queries.linked import connected
from safeconduct.domains.cases.rules.deeds import DECISIONS, NO_HAND
from safeconduct.kernel.actors import ActorKind

NO_ACTIONS = frozenset[str]()


def hands_on(case_id: UUID, *, but_for: frozenset[str] = NO_ACTIONS) -> frozenset[UUID]:
    """Return every member who has done anything in a case, or in one that linking made one with it.

    The record says so and nobody can rewrite it. ``but_for`` names more actions that do not count.
    """
    return hands_on_each([case_id], but_for=but_for)[case_id]


def hands_on_each(case_ids: Collection[UUID], *, but_for: frozenset[str] = NO_ACTIONS) -> dict[UUID, frozenset[UUID]]:
    """Return the same for each of these cases, with as many questions to the database as for one."""
    linked = connected(case_ids)
    inside = set[UUID]().union(*linked.values())
    own = _hands_in(inside, but_for | NO_HAND)
    return {each: frozenset[UUID]().union(*(own[case] for case in linked[each])) for each in linked}


def _hands_in(cases: set[UUID], uncounted: frozenset[str]) -> dict[UUID, set[UUID]]:
    case_of = {each: each for each in cases} | dict(
        Report.objects.filter(case_id__in=cases).values_list("id", "case_id")
    )
    found: dict[UUID, set[UUID]] = {each: set() for each in cases}
    for entry in audit.entries_for(*case_of):
        if entry.by.kind is ActorKind.MEMBER and entry.by.id is not None and entry.action not in uncounted:
            found[case_of[entry.subject]].add(entry.by.id)
    for case_id, holder in Case.objects.filter(id__in=cases).values_list("id", "assignee"):
        found[case_id] |= {holder} if holder else set()
    return found


def times_decided(report_id: UUID) -> int:
    """Return how often a report was decided: each decision can be appealed against."""
    return sum(entry.action in DECISIONS for entry in audit.entries_for(report_id))
