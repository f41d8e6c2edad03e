"""The numbers of cases, for rooms that know only their ids."""

from collections.abc import Collection
from uuid import UUID

from safeconduct.domains.cases.models import Case


def case_number(case_id: UUID) -> str:
    """Return the number of a case."""
    return case_numbers([case_id])[case_id]


def case_numbers(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the numbers of these cases."""
    return dict(Case.objects.filter(pk__in=case_ids).values_list("id", "number"))
