"""What changes the record: writing an entry, giving waiting entries their place, making a commitment mute."""

import secrets
from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from safeconduct.audit import leaves
from safeconduct.audit.leaves import Facts
from safeconduct.audit.models import Entry, Salt, Waiting
from safeconduct.audit.sequencer import sequence_pending
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.ids import new_id

__all__ = ["destroy_salts", "mute", "record", "sequence_pending"]

SALT_BYTES = 32


def record(by: Actor, action: str, subject: UUID, *, facts: Facts | None = None) -> None:
    """Write one entry into the caller's transaction: it stands if, and only if, what it tells of happened.

    ``facts`` are not kept; the entry holds a salted hash of them, so that they can be proved later by whoever has
    them, and by nobody once the salt is destroyed. Raises ``TransactionManagementError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An audit entry must be written in the transaction of what it tells of.")
    leaves.check_action(action)
    entry_id = new_id()
    Waiting.objects.create(
        entry_id=entry_id,
        at=clock.this_minute(),
        action=action,
        actor=str(by),
        subject=subject,
        commitment=_commit(entry_id, facts) if facts else "",
    )


def _commit(entry_id: UUID, facts: Facts) -> str:
    salt = secrets.token_bytes(SALT_BYTES)
    Salt.objects.create(entry_id=entry_id, salt=salt)
    return leaves.committed(salt, facts)


@transaction.atomic
def destroy_salts(subject: UUID, *, by: Actor) -> int:
    """Make every commitment about ``subject`` mute for ever and return how many; the tree stays as it is."""
    destroyed = mute([subject])
    record(by, "audit.salts-destroyed", subject)
    return destroyed


def mute(subjects: Collection[UUID]) -> int:
    """Make every commitment about these mute for ever and return how many. Whoever calls records why."""
    # Waiting ones first: an entry that finds its place between the two reads is then met in the second.
    about = set(Waiting.objects.filter(subject__in=subjects).values_list("entry_id", flat=True))
    about.update(Entry.objects.filter(subject__in=subjects).values_list("entry_id", flat=True))
    destroyed, _ = Salt.objects.filter(entry_id__in=about).delete()
    return destroyed
