"""How long demands are kept, and what they keep: nothing here needs a key."""

from collections.abc import Collection
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from safeconduct.audit import services as audit
from safeconduct.domains.cases.queries.keeping import periods
from safeconduct.domains.demands.models import Demand, Silence
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault import services as vault

log = structlog.get_logger()


def needs(about: Collection[UUID]) -> set[UUID]:
    """Return the cases whose people must still be told of a demand, once silence has ended."""
    return {*Silence.objects.filter(case_id__in=about).values_list("case_id", flat=True)}


def ids(about: Collection[UUID]) -> set[UUID]:
    """Return what goes with these cases: nothing, for a demand is kept by its own term."""
    del about
    return set()


def forget(about: Collection[UUID]) -> None:
    """Let go of cases that a restored backup still has people to tell of."""
    Silence.objects.filter(case_id__in=about).delete()


def erase_due() -> int:
    """Erase every demand that ended long enough ago and of which nobody waits to be told; return how many."""
    return sum(_erase(each) for each in _due().order_by("ended_on", "id").values_list("id", flat=True)[:200])


def _erase(demand_id: UUID) -> int:
    try:
        return _erase_if_due(demand_id)
    except Unavailable as fault:
        log.warning("demand.not-erased", demand=demand_id, code=fault.code)
        return 0


@transaction.atomic
def _erase_if_due(demand_id: UUID) -> int:
    row = _due().select_for_update().filter(pk=demand_id).first()
    if row is None:
        return 0
    envelope = row.envelope
    row.delete()
    audit.record(BY_RULE, "demand.erased", demand_id)
    vault.destroy_all([envelope], by=BY_RULE, also=[demand_id])
    return 1


def forget_destroyed(destroyed: Collection[UUID]) -> None:
    """Delete after a restore the demands that had been erased: their envelopes are among what was destroyed."""
    Demand.objects.filter(envelope__in=destroyed).delete()


def _due() -> "QuerySet[Demand]":
    since = clock.now().date() - max(periods().values())
    return Demand.objects.filter(ended_on__lte=since, ask_again_on=None)
