"""Giving waiting entries their place in the tree, and signing the tree."""

from collections.abc import Iterable, Sequence
from itertools import count

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from safeconduct.audit import keys, leaves, notes
from safeconduct.audit.models import Checkpoint, Entry, Node, Recorded, Waiting
from safeconduct.audit.notes import Signer
from safeconduct.audit.tree import HASH_BYTES, Edge, Place, Span, leaf_hash, nodes_before, number_of, pieces
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable

ONE_TURN = 1000
LOST = bytes(HASH_BYTES)
# Any number will do, as long as nothing else in this database asks for the same advisory lock.
LOCK = 0x5AFEC0DE


def sequence_pending() -> int:
    """Give every waiting entry its place, sign the grown tree, and return how many entries were placed.

    Refuses to run inside another transaction: if that were undone, two trees of one size would have been signed.
    """
    placed = 0
    while _due().exists():
        placed += _take_a_turn()
    return placed


@transaction.atomic(durable=True)
def _take_a_turn() -> int:
    """Place up to ``ONE_TURN`` entries. Whoever comes second waits, and finds the tree already grown."""
    _wait_for_our_turn()
    waiting = list(_due().order_by("number")[:ONE_TURN])
    if waiting:
        signer, edge = _edge_as_signed()
        entries = [_entry(row, index) for index, row in enumerate(waiting, edge.size)]
        _grow(edge, entries)
        Checkpoint.objects.create(size=edge.size, note=signer.note(edge.size, edge.root))
        Waiting.objects.filter(number__in=[row.number for row in waiting]).delete()
    return len(waiting)


def _due() -> "QuerySet[Waiting]":
    """Return what waits but for what waits for the end of the day; those alone have a number below nought."""
    return Waiting.objects.filter(Q(number__gte=0) | Q(at__lte=clock.now()))


def _wait_for_our_turn() -> None:
    # SQLite's transactions begin IMMEDIATE here, so there only one writer is ever inside one.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _edge_as_signed() -> tuple[Signer, Edge]:
    """Return the tree to grow, once it is sure to be the one last signed: never put a signature over damage."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return keys.first_signer(), Edge()
    signer = keys.signer()
    try:
        signed = notes.open_note(newest.note, signer.key)
    except Refused as fault:
        sentence = "The newest checkpoint is not signed by keys/checkpoint.key. Put back this record's own key."
        raise Unavailable("audit.key-differs", sentence) from fault
    edge = _edge(signed.size)
    if edge.root != signed.root or Entry.objects.filter(index__gte=signed.size).exists():
        sentence = "The record is not as it was last signed, so it is not signed again. Run: safeconduct audit verify"
        raise Unavailable("audit.damaged", sentence)
    return signer, edge


def signed_size() -> int:
    """Return how many entries the newest signature covers, after the checks that come before a signature."""
    return _edge_as_signed()[1].size


def _edge(size: int) -> Edge:
    places = pieces(Span(0, size))
    kept = hashes_at(places)
    return Edge(size, [kept[place] for place in places])


def hashes_at(places: Iterable[Place]) -> dict[Place, bytes]:
    """Return the hashes kept of these complete subtrees, in one query; a lost one is zeros and fits nothing."""
    numbers = {place: number_of(place) for place in places}
    kept = dict(Node.objects.filter(number__in=numbers.values()).values_list("number", "hash"))
    return {place: bytes(kept.get(number, LOST)) for place, number in numbers.items()}


def _entry(row: Waiting, index: int) -> Entry:
    same = {field.attname: getattr(row, field.attname) for field in Recorded._meta.fields}  # noqa: SLF001 - Django's name
    return Entry(index=index, **same)


def _grow(edge: Edge, entries: Sequence[Entry]) -> None:
    numbers = count(nodes_before(edge.size))
    hashes = (value for entry in entries for value in edge.add(leaf_hash(leaf_text(entry).encode())))
    nodes = [Node(number=number, hash=value) for number, value in zip(numbers, hashes, strict=False)]
    Entry.objects.bulk_create(entries)
    Node.objects.bulk_create(nodes)


def leaf_text(row: Recorded) -> str:
    """Return what the tree holds of a row."""
    return leaves.written(
        row.entry_id,
        at=row.at,
        action=row.action,
        by=row.actor,
        subject=row.subject,
        commitment=row.commitment,
    )
