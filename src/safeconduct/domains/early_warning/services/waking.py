"""Waking the index and putting it to sleep. Its keys come from a member's own ring, and go with the process."""

from itertools import count, takewhile
from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts.queries import early_warning_recipients, is_early_warning
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.early_warning import memory
from safeconduct.domains.early_warning.models import IndexKey, Waking
from safeconduct.domains.early_warning.queries import (
    generations_missing,
    generations_there,
    keys_awake,
    newest_generation,
    the_keys,
)
from safeconduct.domains.early_warning.rules import AWAKE_FOR
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind
from safeconduct.vault import services as vault
from safeconduct.vault.index import FIRST, IndexKeys

PURPOSE = "key of an index"


def wake(desk: Desk) -> int:
    """Hold the index's keys in this process, if this person's team may; return 1 where they do.

    Called when somebody signed in. The first member of the team who comes begins the index.
    """
    if not newest_generation() and not generations_missing() and is_early_warning(desk):
        _begin(desk)
    try:
        keys = opened_keys(desk, why="wake the index")
    except NotAllowed:
        return 0
    _hold(keys, desk)
    return 1


def keys_for(desk: Desk) -> IndexKeys:
    """Return the keys for what somebody asks now: those awake, or else those that they themselves can wake."""
    if keys_awake() is None:
        wake(desk)
    return the_keys()


def opened_keys(desk: Desk, *, why: str) -> IndexKeys:
    """Open every generation with somebody's own keys, or raise ``NotAllowed``. The caller lets them go.

    Where the row of one is gone, its key and those that nest over it are of no use: the chain ends before it.
    """
    generations = _unbroken(generations_there())
    opened = vault.open(generations.values(), ring=desk.ring, why=why) if generations else {}
    if not opened or len(opened) != len(generations):
        raise NotAllowed
    keys = {each: opened[envelope].derived(PURPOSE) for each, envelope in generations.items()}
    return IndexKeys(keys, generations[max(generations)])


def _unbroken(generations: dict[int, UUID]) -> dict[int, UUID]:
    return {each: generations[each] for each in takewhile(generations.__contains__, count(FIRST))}


@transaction.atomic
def _hold(keys: IndexKeys, desk: Desk) -> None:
    now = clock.this_minute()
    Waking.objects.filter(until__lte=now).delete()
    held = memory.held()
    waking, _ = Waking.objects.update_or_create(
        id=held.waking if held else new_id(), defaults={"until": now + AWAKE_FOR}
    )
    audit.record(desk.actor, "index.woken", IndexKey.objects.get(generation=keys.newest).id)
    # Should this transaction fail, no row stands for the keys, and they are let go at the next look.
    memory.hold(memory.Held(waking.id, keys))


@transaction.atomic
def put_to_sleep(*, by: Actor) -> None:
    """Make every process forget the keys at its next look, this one now."""
    Waking.objects.all().delete()
    memory.forget()
    newest = IndexKey.objects.order_by("-generation").first()
    if newest is not None:
        audit.record(by, "index.put-to-sleep", newest.id)


@transaction.atomic
def nobody_awake() -> int:
    """Take away what a former process left: it took its keys with it. To be called at the start of the one server."""
    return Waking.objects.all().delete()[0]


def _begin(desk: Desk) -> None:
    try:
        new_generation(FIRST, desk)
    except IntegrityError:
        # A colleague came in at the same moment, and began it.
        return


@transaction.atomic
def new_generation(generation: int, desk: Desk) -> IndexKey:
    """Make the next key, wrapped to the early-warning team alone."""
    made = IndexKey.objects.create(generation=generation, made_at=clock.this_minute())
    vault.wrap(made.envelope, EnvelopeKind.INDEX, to=early_warning_recipients(), reporter=None, by=desk.actor)
    audit.record(desk.actor, "index.key-made", made.id)
    return made
