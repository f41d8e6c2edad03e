"""The worker's round with statements: puts each into its account, reads it back, and writes down what came of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.connectors.port import ActKind, ActOrder, Result
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.remedy.models import StatementNotice
from safeconduct.domains.remedy.papers import NOTICE_PARCEL, NOTICE_RECORD, NoticeParcel, NoticeRecord
from safeconduct.domains.remedy.rules import Delivery
from safeconduct.domains.safety.rules import try_again_after
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault import DoesNotOpen, outbox

MOST_TRIES = 3
_IN_FLIGHT = (Delivery.ORDERED.value, Delivery.UNDERWAY.value)
_UNSURE = frozenset({Result.NOT_DONE, Result.NOT_CONFIRMED})

# When a statement that met silence is tried again. In memory, because its key is in memory too.
_rests_until: dict[UUID, datetime] = {}


def carry_statements() -> int:
    """Hand over what is ordered and due, and return how many statements came to an end."""
    now = clock.now()
    waiting = StatementNotice.objects.filter(state=Delivery.ORDERED.value).order_by("ordered_at", "id")
    due = [
        notice_id
        for notice_id, key_id in waiting.values_list("id", "outbox_key_id")
        if _rests_until.get(notice_id, now) <= now and outbox.holds(key_id)
    ]
    return sum(_carry(notice_id) for notice_id in due)


def mark_lost_statements() -> int:
    """Mark what no process can open any more: it reads "not confirmed", and a person gives the reasons anew."""
    flying = StatementNotice.objects.filter(state__in=_IN_FLIGHT)
    aged = clock.now() - outbox.LIFETIME - timedelta(minutes=1)
    found = flying.values_list("id", "outbox_key_id", "ordered_at")
    lost = [notice_id for notice_id, key_id, at in found if at < aged or not outbox.is_living(key_id)]
    return sum(_end(notice_id, Delivery.LOST, "statement.lost") for notice_id in lost)


def _carry(notice_id: UUID) -> bool:
    if not _taken(notice_id):
        return False
    try:
        return _hand_over(StatementNotice.objects.get(pk=notice_id))
    except DoesNotOpen:
        return _end(notice_id, Delivery.LOST, "statement.lost")


@transaction.atomic
def _taken(notice_id: UUID) -> bool:
    ordered = StatementNotice.objects.filter(pk=notice_id, state=Delivery.ORDERED.value)
    return bool(ordered.update(state=Delivery.UNDERWAY.value))


def _hand_over(row: StatementNotice) -> bool:
    parcel = NOTICE_PARCEL.parse(outbox.open_order(row.outbox_key_id, bytes(row.sealed_parcel)))
    key = bytes.fromhex(parcel.record_key)
    record = NOTICE_RECORD.read_under(row.sealed_record, key, row.id)
    record = replace(_tried(row, parcel, record), tries=record.tries + 1)
    return _write(row, record, key)


def _tried(row: StatementNotice, parcel: NoticeParcel, record: NoticeRecord) -> NoticeRecord:
    order = ActOrder(act=ActKind.NOTICE_SEND, handle=parcel.account.handle, key=row.id, words=parcel.words)
    try:
        told = connector_for(parcel.account.platform).perform(order)
    except Unavailable:
        return record
    return replace(record, act_record=replace(told, evidence=None))


@transaction.atomic
def _write(row: StatementNotice, record: NoticeRecord, key: bytes) -> bool:
    told = record.act_record
    again = (told is None or told.result in _UNSURE) and record.tries < MOST_TRIES
    row.sealed_record = NOTICE_RECORD.seal_under(record, key, row.id)
    row.save(update_fields=["sealed_record"])
    if again:
        _rests_until[row.id] = clock.now() + try_again_after(record.tries)
        StatementNotice.objects.filter(pk=row.id).update(state=Delivery.ORDERED.value)
        return False
    _rests_until.pop(row.id, None)
    done = told is not None and told.result not in _UNSURE
    return _end(row.id, Delivery.FINISHED, "statement.sent" if done else "statement.not-sent")


@transaction.atomic
def _end(notice_id: UUID, how: Delivery, action: str) -> bool:
    row = StatementNotice.objects.select_for_update().get(pk=notice_id)
    row.state, row.finished_at, row.sealed_parcel = how.value, clock.this_minute(), b""
    row.save(update_fields=["state", "finished_at", "sealed_parcel"])
    audit.record(BY_RULE, action, row.case_id)
    return True
