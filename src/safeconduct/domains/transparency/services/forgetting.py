"""Losing again, after a restore, the slips of periods that were closed since."""

from collections.abc import Collection
from uuid import UUID

from safeconduct.domains.transparency.models import Box, SealedSlip


def forget_destroyed(ids: Collection[UUID]) -> None:
    """Delete boxes whose key was destroyed, with their slips: nobody can count them again."""
    SealedSlip.objects.filter(box_id__in=ids).delete()
    Box.objects.filter(pk__in=ids).delete()
