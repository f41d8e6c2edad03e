"""Records to test with, and the means to damage them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from safeconduct.audit import keys, queries, services, triggers
from safeconduct.audit.models import Checkpoint, Entry, Node
from safeconduct.audit.sequencer import leaf_text
from safeconduct.audit.tree import Edge, leaf_hash
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR, Actor
from safeconduct.kernel.ids import new_id
from safeconduct.vault import confiding

KEY = bytes(range(32))
CASE = UUID("11111111-1111-4111-8111-111111111111")
OTHER = UUID("22222222-2222-4222-8222-222222222222")


def record(
    action: str = "case.received",
    subject: UUID = CASE,
    *,
    by: Actor = OPERATOR,
    facts: Mapping[str, str | int] | None = None,
) -> None:
    with transaction.atomic():
        services.record(by, action, subject, facts=confiding.under_key(KEY, **facts) if facts else None)


def make_record(size: int) -> list[UUID]:
    """Record, one signature each, ``size`` entries called step.a, step.b ...; return their ids in order."""
    for number in range(size):
        record(f"step.{chr(ord('a') + number)}")
        services.sequence_pending()
    return [entry.id for entry in queries.entries_for(CASE)]


@contextmanager
def unguarded() -> Iterator[None]:
    """Be someone who may drop triggers."""
    triggers.take_down(connection)
    yield
    triggers.put_up(connection)


def plant(sql: str, *values: object) -> None:
    """Change the database behind everyone's back."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def make_over() -> None:
    """Be someone who has the key too: give every entry that stands a new leaf, a new tree and new signatures."""
    rows = list(Entry.objects.order_by("index"))
    edge, hashes, signer = Edge(), [], keys.signer()
    with unguarded():
        Node.objects.all().delete()
        Checkpoint.objects.all().delete()
        for row in rows:
            hashes += edge.add(leaf_hash(leaf_text(row).encode()))
            Checkpoint.objects.create(size=edge.size, note=signer.note(edge.size, edge.root))
        Node.objects.bulk_create(Node(number=number, hash=value) for number, value in enumerate(hashes))


def make_over_unsigned() -> None:
    """Be someone without the key: make the tree fit the entries, and leave the signatures as they are."""
    kept = list(Checkpoint.objects.values_list("size", "note"))
    make_over()
    with unguarded():
        Checkpoint.objects.all().delete()
        Checkpoint.objects.bulk_create(Checkpoint(size=size, note=note) for size, note in kept)


def shift(start: int, by: int) -> None:
    """Move every entry from ``start`` on to another place."""
    plant('UPDATE audit_entry SET "index" = "index" + 1000 WHERE "index" >= %s', start)
    plant('UPDATE audit_entry SET "index" = "index" - %s WHERE "index" >= 1000', 1000 - by)


def swap(one: int, other: int) -> None:
    """Let two entries change places."""
    for old, new in ((one, 1000), (other, one), (1000, other)):
        plant('UPDATE audit_entry SET "index" = %s WHERE "index" = %s', new, old)


def insert(index: int) -> None:
    """Put in an entry that nobody recorded."""
    with unguarded():
        Entry.objects.create(
            index=index,
            entry_id=new_id(),
            at=clock.this_minute(),
            action="case.invented",
            actor="rule",
            subject=CASE,
        )
