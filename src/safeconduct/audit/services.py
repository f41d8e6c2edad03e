"""What changes the record: writing an entry, giving waiting entries their place, making a commitment mute."""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError

from safeconduct.audit import confided, leaves
from safeconduct.audit.confided import Confided
from safeconduct.audit.models import Entry, Waiting
from safeconduct.audit.sequencer import sequence_pending
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.ids import new_id

__all__ = ["by_the_day", "mute", "record", "sequence_pending"]

NUMBERS = 2**62

_by_the_day: ContextVar[bool] = ContextVar("entries wait for the end of the day", default=False)


@contextmanager
def by_the_day() -> Iterator[None]:
    """Let what is recorded inside wait for midnight (UTC), and take its place there in an order of chance.

    For what must not stand beside the entries about a conversation: two that follow each other tell what belongs
    together, whatever ids they name. Each still stands if, and only if, what it tells of happened.
    """
    before = _by_the_day.set(True)
    try:
        yield
    finally:
        _by_the_day.reset(before)


def record(by: Actor, action: str, subject: UUID, *, facts: Confided | None = None) -> None:
    """Write one entry into the caller's transaction: it stands if, and only if, what it tells of happened.

    The entry holds a salted hash of ``facts``; they and the salt are kept sealed, so that they can be proved later by
    those for whom they were sealed, and by nobody once they are destroyed. Raises ``TransactionManagementError``
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An audit entry must be written in the transaction of what it tells of.")
    leaves.check_action(action)
    entry = Waiting(entry_id=new_id(), at=clock.this_minute(), action=action, actor=str(by), subject=subject)
    if _by_the_day.get():
        entry.at, entry.number = _midnight(), -1 - secrets.randbelow(NUMBERS)
    if facts:
        entry.commitment = confided.keep(entry.entry_id, facts)
    entry.save(force_insert=True)


def _midnight() -> datetime:
    return datetime.combine(clock.now().astimezone(UTC).date() + timedelta(days=1), time(), tzinfo=UTC)


def mute(subjects: Collection[UUID]) -> int:
    """Make every commitment about these mute for ever and return how many. Whoever calls records why."""
    # Waiting ones first: an entry that finds its place between the two reads is then met in the second.
    about = set(Waiting.objects.filter(subject__in=subjects).values_list("entry_id", flat=True))
    about.update(Entry.objects.filter(subject__in=subjects).values_list("entry_id", flat=True))
    return confided.forget(about)
