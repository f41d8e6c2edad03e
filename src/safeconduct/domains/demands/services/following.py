"""Keeping demands with the leads and handlers of today, where somebody's key was replaced."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from safeconduct.accounts import following
from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED, Desk
from safeconduct.domains.demands.models import Demand
from safeconduct.domains.demands.queries import reachable
from safeconduct.vault import Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

A_FEW = 20


def follow_keys(desk: Desk) -> int:
    """Wrap demands to the keys of today, where one was replaced, and return how many."""
    former = accounts.keys_to_leave()
    stale = reachable(desk.ring).filter(envelope__in=vault_queries.wrapped_to(former)).order_by("id")
    rows = following.in_slices(stale, A_FEW)
    return following.one_by_one("demands", rows, partial(_follow, former=former, desk=desk), at_most=A_FEW)


def _follow(demand_id: UUID, *, former: Collection[UUID], desk: Desk) -> int:
    row = Demand.objects.get(pk=demand_id)
    vault.rewrap(row.envelope, ring=desk.ring, add=_readers(row), drop=former, by=desk.actor)
    return 1


def _readers(row: Demand) -> list[Recipient]:
    leads = accounts.lead_recipients(NOBODY_EXCLUDED).recipients
    handler = accounts.person_recipients([row.handler]).values()
    return [*{each.id: each for each in (*leads, *handler)}.values()]
