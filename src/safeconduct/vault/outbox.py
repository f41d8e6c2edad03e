"""Acts in flight: orders sealed to a key that lives only in one worker's memory, and for one hour at most.

A stolen database or a restarted server opens no order. Whoever ordered reads "not confirmed" and orders again.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import keypairs
from safeconduct.vault.hidden import Hidden
from safeconduct.vault.labels import KEY_BYTES, bound
from safeconduct.vault.models import OutboxKey
from safeconduct.vault.padding import padded, unpadded
from safeconduct.vault.values import DoesNotOpen

LIFETIME = timedelta(hours=1)
# Orders go to the newest key, and each is renewed at half its life: an order has half an hour at least.
RENEWAL = LIFETIME / 2


@dataclass(frozen=True, repr=False, eq=False)
class _Held(Hidden):
    seed: bytes
    made_at: datetime


_held: dict[UUID, _Held] = {}
_lock = Lock()


def _forget_all() -> None:
    _held.clear()


# A forked child is another process: the key stays with the one that made it. Some systems cannot fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)


@transaction.atomic
def make() -> UUID:
    """Make a key in this process's memory and publish its public half."""
    key_id, seed, now = new_id(), secrets.token_bytes(KEY_BYTES), clock.now()
    _forget_old(now)
    # Cut to the minute, so a key counts as older than it is and never as younger.
    OutboxKey.objects.create(id=key_id, public_key=keypairs.public_key(seed), made_at=clock.this_minute())
    with _lock:
        _held[key_id] = _Held(seed, now)
    return key_id


def keep_fresh() -> UUID:
    """Return the newest key this process holds, making one if there is none in the first half of its life."""
    now = clock.now()
    _forget_old(now)
    with _lock:
        young = [(held.made_at, key_id) for key_id, held in _held.items() if now - held.made_at < RENEWAL]
    return max(young)[1] if young else make()


@transaction.atomic
def retire() -> None:
    """Forget this process's keys and say so, when a worker stops: orders then go to another, or are refused."""
    with _lock:
        mine = list(_held)
        _held.clear()
    OutboxKey.objects.filter(id__in=mine).update(retired_at=clock.this_minute())


@transaction.atomic
def retire_others() -> int:
    """Say that every key but this process's is gone. To be called at the start of a worker that is the only one."""
    with _lock:
        mine = list(_held)
    return OutboxKey.objects.filter(retired_at=None).exclude(id__in=mine).update(retired_at=clock.this_minute())


def seal_order(plain: bytes) -> tuple[UUID, bytes]:
    """Seal an order to the newest living key, or raise ``Unavailable`` when no worker has one."""
    newest = _living().order_by("-made_at", "id").first()
    if newest is None:
        sentence = "No worker is ready, so nothing was ordered. Ask for 'safeconduct doctor', then order again."
        raise Unavailable("outbox.asleep", sentence)
    return newest.id, keypairs.hpke_seal(bytes(newest.public_key), padded(plain), bound("outbox", newest.id))


def open_order(key_id: UUID, sealed: bytes) -> bytes:
    """Open an order in the process that made its key and within the hour, or raise ``DoesNotOpen``."""
    _forget_old(clock.now())
    with _lock:
        held = _held.get(key_id)
    if held is None:
        raise DoesNotOpen
    return unpadded(keypairs.hpke_open(held.seed, bytes(sealed), bound("outbox", key_id)))


def holds(key_id: UUID) -> bool:
    """Return whether this process can still open orders sealed to that key."""
    _forget_old(clock.now())
    with _lock:
        return key_id in _held


def is_living(key_id: UUID) -> bool:
    """Return whether some process may still open orders sealed to that key."""
    return _living().filter(id=key_id).exists()


def _living() -> QuerySet[OutboxKey]:
    return OutboxKey.objects.filter(retired_at=None, made_at__gt=clock.now() - LIFETIME)


def _forget_old(now: datetime) -> None:
    with _lock:
        for key_id in [each for each, held in _held.items() if now - held.made_at >= LIFETIME]:
            del _held[key_id]
