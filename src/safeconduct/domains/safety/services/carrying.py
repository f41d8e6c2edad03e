"""The worker's round: opens the orders sealed to this process, carries them out, and writes down what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record as audit_record
from safeconduct.connectors.port import ActKind, Snapshot
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.safety import rules, sentences
from safeconduct.domains.safety.events import BundleCarriedOut, LockHeld
from safeconduct.domains.safety.models import BundleOrder, Evidence, OrderState
from safeconduct.domains.safety.records import PARCEL, Parcel, Record, StepRecord
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.sealing import read_record, seal_evidence, seal_parcel, seal_record
from safeconduct.domains.safety.services.endings import lose
from safeconduct.domains.safety.services.errands import Errand
from safeconduct.kernel import clock, events
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault import DoesNotOpen, confiding, outbox

ORDERS_A_ROUND = 20

# When an order that met silence is tried again. In memory, because its key is in memory too.
_rests_until: dict[UUID, datetime] = {}


@dataclass
class Claimed:
    """An order that only this thread is carrying out."""

    row: BundleOrder
    parcel: Parcel
    record: Record

    @property
    def key(self) -> bytes:
        """Return the key of this order's record."""
        return bytes.fromhex(self.parcel.record_key)

    @property
    def locked(self) -> bool:
        """Answer whether the account is locked by this order, as far as anyone knows."""
        counts = {StepStatus.DONE_AND_CHECKED, StepStatus.SENT, StepStatus.NOT_CONFIRMED}
        return any(step.act is ActKind.ACCOUNT_LOCK and step.status in counts for step in self.record.steps)


def carry_out() -> int:
    """Carry out what is ordered and due, and return how many orders came to an end."""
    waiting = BundleOrder.objects.filter(state=OrderState.ORDERED.value).order_by("ordered_at", "id")
    now = clock.now()
    # Those that rest are left out before the round is counted: a silent platform's must not hold up another's.
    due = (
        order_id
        for order_id, key_id in waiting.values_list("id", "outbox_key_id")
        if _rests_until.get(order_id, now) <= now and outbox.holds(key_id)
    )
    return sum(_carry(order_id) for order_id in [*islice(due, ORDERS_A_ROUND)])


def _carry(order_id: UUID) -> bool:
    with _claimed(order_id) as claimed:
        if claimed is None:
            return False
        try:
            _walk(claimed)
        except Unavailable:
            return _rest_or_give_up(claimed)
        return _rest_or_give_up(claimed) if claimed.record.open_steps else _finish(claimed)


def _walk(claimed: Claimed) -> None:
    errand = Errand.begun(claimed.parcel, claimed.record, connector_for(claimed.parcel.account.platform))
    for step in sorted(claimed.record.open_steps, key=lambda step: step.tries):
        _write_step(claimed, step, errand.take(step))
        if step.status is StepStatus.NOT_CONFIRMED:
            # Each act without an answer costs its whole time limit, and other orders wait behind this one.
            return


@contextmanager
def _claimed(order_id: UUID) -> Iterator[Claimed | None]:
    """Give the order to this thread alone. If a fault throws us out half-way, nobody can tell what was done."""
    if not _taken(order_id):
        yield None
        return
    try:
        yield _opened(order_id)
    finally:
        lose(BundleOrder.objects.filter(pk=order_id, state=OrderState.UNDERWAY.value))


@transaction.atomic
def _taken(order_id: UUID) -> bool:
    ordered = BundleOrder.objects.filter(pk=order_id, state=OrderState.ORDERED.value)
    return bool(ordered.update(state=OrderState.UNDERWAY.value))


def _opened(order_id: UUID) -> Claimed | None:
    row = BundleOrder.objects.get(pk=order_id)
    try:
        parcel = PARCEL.validate_json(outbox.open_order(row.outbox_key_id, bytes(row.sealed_parcel)))
    except DoesNotOpen:
        return None
    key = bytes.fromhex(parcel.record_key)
    return Claimed(
        row, parcel, read_record(bytes(row.sealed_record), key=key, order_id=order_id, revision=row.revision)
    )


@transaction.atomic
def _write_step(claimed: Claimed, step: StepRecord, snapshot: Snapshot | None) -> None:
    if snapshot is not None:
        # The first picture is the one from before the first act; later ones already show our own work.
        sealed = seal_evidence(snapshot, key=claimed.key, order_id=claimed.row.id)
        Evidence.objects.get_or_create(order=claimed.row, defaults={"sealed": sealed})
    _write(claimed)
    # Under the key of the act record, which whoever opens the case opens too: a worker knows no other.
    facts = confiding.under_key(claimed.key, order=str(claimed.row.id), act=step.act.value, status=step.status.value)
    audit_record(BY_RULE, "account.act-tried", claimed.row.case_id, facts=facts)


def _write(claimed: Claimed) -> None:
    row = claimed.row
    row.revision += 1
    row.sealed_record = seal_record(claimed.record, key=claimed.key, order_id=row.id, revision=row.revision)
    row.save(
        update_fields=[
            "revision",
            "sealed_record",
            "state",
            "finished_at",
            "lapses_at",
            "outbox_key_id",
            "sealed_parcel",
        ]
    )


def _rest_or_give_up(claimed: Claimed) -> bool:
    if clock.now() - claimed.parcel.at >= rules.LONGEST_TRYING:
        for step in claimed.record.open_steps:
            silent = step.status is StepStatus.ORDERED
            step.settle(StepStatus.NOT_DONE if silent else step.status, sentences.SILENT if silent else None)
        return _finish(claimed)
    _rest(claimed)
    return False


@transaction.atomic
def _rest(claimed: Claimed) -> None:
    record, row = claimed.record, claimed.row
    record.next_try_at = clock.now() + rules.try_again_after(record.rests)
    record.rests += 1
    row.state = OrderState.ORDERED.value
    # Sealed again to the newest key, which lives longer than the one it came under.
    row.outbox_key_id, row.sealed_parcel = seal_parcel(claimed.parcel)
    _write(claimed)
    _rests_until[row.id] = record.next_try_at


@transaction.atomic
def _finish(claimed: Claimed) -> bool:
    row, parcel, record = claimed.row, claimed.parcel, claimed.record
    record.next_try_at = None
    row.state, row.finished_at, row.sealed_parcel = OrderState.FINISHED.value, clock.this_minute(), b""
    if not claimed.locked:
        row.lapses_at = None
    elif parcel.confirms:
        BundleOrder.objects.filter(pk=parcel.confirms, lapsed=False).update(lapses_at=None)
    _write(claimed)
    _rests_until.pop(row.id, None)
    audit_record(BY_RULE, "account.act-ended", row.case_id)
    fact = BundleCarriedOut(row.case_id, row.id, all_done=record.all_done)
    transaction.on_commit(lambda: events.announce(fact))
    if record.lock_waits:
        held = LockHeld(row.case_id, row.id)
        transaction.on_commit(lambda: events.announce(held))
    return True
