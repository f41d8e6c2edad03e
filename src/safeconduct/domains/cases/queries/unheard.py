"""Calls that were made again and again and that nobody has answered: people sleep, or a pager loses what it accepts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from safeconduct.domains.cases.models import Page

# The second may be chance. By the third, a quarter of an hour has gone by even in the greatest danger.
TOO_OFTEN = 3


@dataclass(frozen=True)
class Unheard:
    """How many people were called in vain, and since when. It names nobody and no case."""

    people: int
    since: datetime | None


def calls_unheard() -> Unheard:
    """Count who was called three times or more about the same and has not answered."""
    lost = Page.objects.filter(acknowledged_at__isnull=True, times__gte=TOO_OFTEN)
    found = lost.aggregate(people=Count("member", distinct=True), since=Min("rung_at"))
    return Unheard(**found)
