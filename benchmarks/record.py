"""The audit record: entries a second and the time of a proof at 100,000 entries, beside pymerkle's tree on SQLite."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from pymerkle import SqliteTree  # type: ignore[import-untyped] # it has no types

from benchmarks.figures import Figure, middle
from safeconduct.audit import queries, services
from safeconduct.audit.models import Entry, Waiting
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.ids import new_id
from safeconduct.project import schema

SIZE = 100_000
BATCH = 10_000
TRANSACTIONS = 200
PROOFS = 25
LEAF_BYTES = 300  # about what one of our leaves measures


def measure(folder: Path) -> Iterator[Figure]:
    """Grow both trees side by side, then ask both for proofs."""
    schema.bring_up_to_date(settings.DATA)
    with SqliteTree(str(folder / "peer.sqlite3")) as peer:
        yield _transactions(peer)
        yield _growing(peer)
        yield _proving(peer)


def _transactions(peer: SqliteTree) -> Figure:
    ours = _rate(lambda _number: _record(new_id()), TRANSACTIONS)
    theirs = _rate(lambda number: peer.append_entry(_leaf(number)), TRANSACTIONS)
    services.sequence_pending()
    return Figure(
        "entries, each durable in a transaction of its own", ours, "a second", ours / theirs, "pymerkle append"
    )


def _growing(peer: SqliteTree) -> Figure:
    ours, theirs = [], []
    for _ in range(SIZE // BATCH):
        Waiting.objects.bulk_create(_waiting() for _ in range(BATCH))
        ours.append(BATCH / _seconds(services.sequence_pending))
        theirs.append(BATCH / _seconds(lambda: peer.append_entries(_leaf(number) for number in range(BATCH))))
    ratio = middle([one / other for one, other in zip(ours, theirs, strict=True)])
    return Figure(
        "entries placed in the tree and signed", middle(ours), "a second", ratio, "pymerkle append, many at once"
    )


def _proving(peer: SqliteTree) -> Figure:
    size = Entry.objects.count()
    indexes = [1 + number * (size // PROOFS) for number in range(PROOFS)]
    subjects = dict(Entry.objects.filter(index__in=indexes).values_list("index", "subject"))
    ours, theirs = [], []
    for index in indexes:
        ours.append(_seconds(partial(queries.proof_for, subjects[index])))
        theirs.append(_seconds(partial(peer.prove_inclusion, index)))
    return Figure(
        f"a proof out of {size:,} entries",
        middle(ours) * 1000,
        "ms",
        middle(theirs) / middle(ours),
        "pymerkle",
    )


def _record(subject: UUID) -> None:
    with transaction.atomic():
        services.record(OPERATOR, "benchmark.recorded", subject)


def _waiting() -> Waiting:
    return Waiting(
        entry_id=new_id(),
        at=clock.this_minute(),
        action="benchmark.recorded",
        actor=str(OPERATOR),
        subject=new_id(),
        commitment="",
    )


def _leaf(number: int) -> bytes:
    return f"{number:0{LEAF_BYTES}d}".encode()


def _rate(act: Callable[[int], object], times: int) -> float:
    return times / _seconds(lambda: [act(number) for number in range(times)])


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
