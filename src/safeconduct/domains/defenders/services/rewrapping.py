"""After somebody left or a key was replaced: the next custodian who signs in wraps halves to the keys of today."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.db.models import Q

from safeconduct.accounts import following
from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.defenders.models import Identity
from safeconduct.vault import Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

# Somebody waits at the door while this is done. The next one who signs in goes on.
AT_ONCE = 100


def follow_benches(desk: Desk) -> int:
    """Wrap the halves and books that this custodian opens to the present keys of their readers; return how many."""
    if not desk.may(Role.CUSTODIAN):
        return 0
    former = accounts.superseded_keys()
    waiting = _waiting(former, desk) if former else []
    return following.one_by_one("identities", waiting, partial(_follow, former=former, desk=desk), at_most=AT_ONCE)


def _waiting(former: dict[UUID, Recipient | None], desk: Desk) -> list[UUID]:
    mine, stale = vault_queries.openable(desk.ring), vault_queries.wrapped_to([*former])
    found = Identity.objects.filter(Q(half_a__in=stale) | Q(half_b__in=stale) | Q(book__in=stale)).values_list(
        "half_a", "half_b", "book"
    )
    wanted = {each for row in found for each in row}
    return sorted(wanted & set(stale) & set(mine.filter(envelope_id__in=wanted)))


def _follow(envelope: UUID, former: dict[UUID, Recipient | None], desk: Desk) -> int:
    """Wrap to who takes the place of each former key; where nobody does yet, it stays until somebody does."""
    stale = {each: former[each] for each in vault_queries.recipients_of(envelope) & set(former)}
    add = [each for each in stale.values() if each is not None]
    drop = {each for each, present in stale.items() if present is not None} | _gone(stale)
    if not (add or drop):
        return 0
    vault.rewrap(envelope, ring=desk.ring, add=add, drop=drop, by=desk.actor)
    return 1


def _gone(former: Collection[UUID]) -> set[UUID]:
    """Return the former keys of people who have left. Who only lost their words gets what they had, once signed."""
    here = {one.id for one in accounts.everyone()}
    return {key for key, whose in accounts.holders(former).items() if whose.kind == "member" and whose.id not in here}
