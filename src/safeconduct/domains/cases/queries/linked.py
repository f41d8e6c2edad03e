"""Which cases linking made one. Reports move along these lines and along no others."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from safeconduct.domains.cases.models import Case


def connected(case_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return each case with every other that is one with it: what joined it, and what it joined, by whatever way.

    Whatever was ever done to a report in any of them was done inside this set.
    """
    groups = {each: {each} for each in case_ids}
    newest = set(groups)
    while newest:
        links = _links(newest)
        newest = {each for link in links for each in link} - groups.keys()
        for case_id, joined in links:
            one = groups.setdefault(case_id, {case_id}) | groups.setdefault(joined, {joined})
            groups |= dict.fromkeys(one, one)
    return {each: frozenset(groups[each]) for each in case_ids}


def _links(case_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    touching = Q(id__in=case_ids) | Q(joined__in=case_ids)
    rows = Case.objects.filter(touching, joined__isnull=False).values_list("id", "joined")
    return [(case_id, joined) for case_id, joined in rows if joined is not None]


def present_case(case_id: UUID) -> UUID:
    """Return where the reports of a case are now: in this case, or in the one that it was linked into last."""
    passed = {case_id}
    joined = Case.objects.filter(pk=case_id).values_list("joined", flat=True).first()
    while joined is not None and joined not in passed:
        case_id = joined
        passed.add(case_id)
        joined = Case.objects.filter(pk=case_id).values_list("joined", flat=True).first()
    return case_id
