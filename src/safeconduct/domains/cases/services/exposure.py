"""Counting what somebody opens, so that they can be told to rest. Called by ``veil`` in its transaction."""

from uuid import UUID

from django.db.models import F

from safeconduct.domains.cases.models import Exposure
from safeconduct.domains.cases.queries.exposure import day_began, this_hour


def count_lifted(member: UUID) -> None:
    """Add one veil to this person's hour, and forget what is older than a day, theirs and everyone's."""
    row, _ = Exposure.objects.get_or_create(member=member, hour=this_hour())
    Exposure.objects.filter(pk=row.pk).update(lifted=F("lifted") + 1)
    Exposure.objects.filter(hour__lt=day_began()).delete()
