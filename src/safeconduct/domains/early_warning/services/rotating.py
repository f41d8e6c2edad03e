"""The index's next key: every kept tag is carried to it without anybody knowing what it is a tag of."""

from collections.abc import Collection, Sequence
from functools import partial
from operator import itemgetter
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.accounts import following
from safeconduct.accounts.queries import early_warning_recipients, is_early_warning, keys_to_leave
from safeconduct.accounts.services.putting_out import Agreement, agreed_apart_from
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey
from safeconduct.domains.early_warning.queries import generations_missing, newest_generation
from safeconduct.domains.early_warning.services.naming import add, opened_or_set_aside
from safeconduct.domains.early_warning.services.waking import new_generation, opened_keys, put_to_sleep
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault
from safeconduct.vault.index import IndexKeys

AT_ONCE = 200
UNDER_WAY = "A rotation is under way. Run 'safeconduct index rotate' again to finish it; then another can begin."
INCOMPLETE = "A key of the index is missing, so none nests over it. Run 'safeconduct index rebuild' with a custodian."
NOBODY_SIGNED = "Two custodians must first sign the early-warning team's key: 'safeconduct members sign'."


def begin_rotation(*, by: Desk, agreement: Agreement) -> int:
    """Make the next key, with a custodian who agrees, and return its generation. From now on new tags are made with it.

    Every process forgets the former keys: the index sleeps until somebody of the team comes in, who wakes all of them.
    """
    agreed = agreed_apart_from({by.member_id}, agreement)
    return _begin(by, agreed)


@transaction.atomic
def _begin(by: Desk, agreed: Desk) -> int:
    newest = IndexKey.objects.select_for_update().order_by("-generation").first()
    if newest is None or not vault_queries.openable(by.ring).filter(envelope_id=newest.envelope).exists():
        raise NotAllowed
    if not is_early_warning(by):
        raise Refused("index.team-not-signed", NOBODY_SIGNED)
    _check_whole()
    if _waiting(newest.generation).exists():
        raise Refused("index.rotating", UNDER_WAY)
    made = new_generation(newest.generation + 1, by)
    audit.record(agreed.actor, "index.rotation-agreed", made.id)
    put_to_sleep(by=by.actor)
    return made.generation


def carry(*, by: Desk) -> int:
    """Carry the next entries to the newest key with one's own keys, and return how many; 0 once all are there.

    Each call is whole by itself. Cut short between two of them, every row still says by which generation it is read.
    """
    newest = newest_generation()
    if not newest or not _waiting(newest).exists():
        return 0
    _check_whole()
    return _carry(opened_keys(by, why="carry the index to its newest key"), by)


def _check_whole() -> None:
    if generations_missing():
        raise Refused("index.broken", INCOMPLETE)


@transaction.atomic
def _carry(keys: IndexKeys, by: Desk) -> int:
    rows = [*_waiting(keys.newest).select_for_update().order_by("generation", "tag")[:AT_ONCE]]
    opened = opened_or_set_aside(rows, keys)
    carried = [(keys.carried(bytes(row.tag), since=row.generation, to=keys.newest), ids) for row, ids in opened.items()]
    IndexEntry.objects.filter(id__in=[row.id for row in opened]).delete()
    for tag, ids in sorted(carried, key=itemgetter(0)):
        # Where the same value was named since under the newest key, the two become one.
        add(tag, ids, keys)
    newest = IndexKey.objects.get(generation=keys.newest)
    audit.record(by.actor, "index.carried", newest.id)
    return len(rows)


def _waiting(newest: int) -> "QuerySet[IndexEntry]":
    return IndexEntry.objects.filter(generation__lt=newest)


def follow_keys(desk: Desk) -> int:
    """Wrap every generation to the team's key of today, where it was replaced; return how many."""
    team, former = early_warning_recipients(), keys_to_leave()
    if not team:
        return 0
    mine = IndexKey.objects.filter(envelope__in=vault_queries.openable(desk.ring))
    stale = mine.filter(envelope__in=vault_queries.wrapped_to(former)).order_by("generation")
    rows = [*stale.values_list("envelope", flat=True)]
    return following.one_by_one("index", rows, partial(_follow, team=team, former=former, desk=desk))


def _follow(envelope: UUID, *, team: Sequence[Recipient], former: Collection[UUID], desk: Desk) -> int:
    vault.rewrap(envelope, ring=desk.ring, add=team, drop=former, by=desk.actor)
    return 1
