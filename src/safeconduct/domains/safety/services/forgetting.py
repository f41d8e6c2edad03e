"""Forgetting what was done about a case that is erased. It needs no key and no platform."""

from collections.abc import Collection
from uuid import UUID

from safeconduct.domains.safety.models import AccountCode, BundleOrder, GivenProof


def forget(about: Collection[UUID]) -> None:
    """Delete orders, their records and evidence, proofs and codes that belong to these cases or reports."""
    for rows in (BundleOrder, GivenProof, AccountCode):
        rows.objects.filter(case_id__in=about).delete()
