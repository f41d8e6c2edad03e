"""After somebody left or a key was replaced: the next custodian who signs in wraps halves to the keys of today."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from safeconduct.accounts import following
from safeconduct.accounts import queries as accounts
from safeconduct.accounts.queries import Holder
from safeconduct.accounts.values import Desk, Role, TeamKind
from safeconduct.domains.defenders.models import Identity
from safeconduct.domains.defenders.papers import EXCLUDED
from safeconduct.domains.defenders.queries.reach import half_of, seat_of
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
    done = following.one_by_one("identities", waiting, partial(_follow, former=former, desk=desk), at_most=AT_ONCE)
    return done + following.one_by_one("identities", _unseated(desk), partial(_seat, desk=desk), at_most=AT_ONCE)


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


def _unseated(desk: Desk) -> list[UUID]:
    """Return the identities wrapped to people one by one, this custodian among them, that not all on the bench open."""
    seat = accounts.bench_of(desk)
    if seat is None:
        return []
    column = "half_a" if seat is TeamKind.BENCH_A else "half_b"
    mine = Identity.objects.filter(**{f"{column}__in": vault_queries.openable(desk.ring)})
    wrapped = vault_queries.recipients_of_each(found := dict(mine.order_by("id").values_list(column, "id")))
    whose = accounts.holders(frozenset[UUID]().union(*wrapped.values()))
    seated = accounts.benches()[seat].member_ids
    readers = {half: [whose[one] for one in wrapped[half] if one in whose] for half in found}
    return [identity for half, identity in found.items() if _lacks(seated, readers[half])]


def _lacks(seated: Collection[UUID], readers: Collection[Holder]) -> bool:
    one_by_one = all(each.kind == "member" for each in readers)
    return one_by_one and not {each.id for each in readers}.issuperset(seated)


@transaction.atomic
def _seat(identity_id: UUID, desk: Desk) -> int:
    """Wrap one half, and its book, also to those who came to the bench since and whom the reporter did not keep out."""
    seat = seat_of(desk)
    identity = Identity.objects.select_for_update().get(pk=identity_id)
    book = vault.open_one(identity.book, ring=desk.ring, why="see whom they excluded")
    readers = accounts.bench_readers(seat, EXCLUDED.read(identity.sealed_excluded, book, identity.id))
    return sum(_add(each, readers, desk) for each in (half_of(identity, seat), identity.book))


def _add(envelope: UUID, readers: Collection[Recipient], desk: Desk) -> int:
    there = vault_queries.recipients_of(envelope)
    add = [each for each in readers if each.id not in there]
    if add:
        vault.rewrap(envelope, ring=desk.ring, add=add, drop=(), by=desk.actor)
    return int(bool(add))
