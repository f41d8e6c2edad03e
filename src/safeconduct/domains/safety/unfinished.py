"""Of which cases something ordered is not over yet, so that nobody erases what an account's way back hangs on."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from safeconduct.domains.safety.models import BundleOrder, OrderState
from safeconduct.kernel import clock

IN_FLIGHT = (OrderState.ORDERED.value, OrderState.UNDERWAY.value)


def under_way(about: Collection[UUID]) -> set[UUID]:
    """Return the cases and reports of which an order waits for a worker, or a lock has yet to lapse."""
    unfinished = Q(state__in=IN_FLIGHT) | Q(lapsed=False, lapses_at__gt=clock.now())
    return {*BundleOrder.objects.filter(unfinished, case_id__in=about).values_list("case_id", flat=True)}
