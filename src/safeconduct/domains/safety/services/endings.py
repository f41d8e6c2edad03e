"""What ends without anyone acting: a lock that lapses, an order whose memory is gone."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.audit.services import record as audit_record
from safeconduct.domains.safety.events import BundleLost, LockLapsed
from safeconduct.domains.safety.models import BundleOrder, OrderState
from safeconduct.kernel import clock, events
from safeconduct.kernel.actors import BY_RULE
from safeconduct.vault import outbox

IN_FLIGHT = (OrderState.ORDERED.value, OrderState.UNDERWAY.value)


@transaction.atomic
def lapse_due() -> int:
    """Note the locks whose time is over without a second proof. The platform ended them itself, as ordered."""
    due = BundleOrder.objects.select_for_update().filter(
        lapses_at__lte=clock.now(), lapsed=False, state=OrderState.FINISHED.value
    )
    for row in due:
        row.lapsed = True
        row.save(update_fields=["lapsed"])
        audit_record(BY_RULE, "account.lock-lapsed", row.case_id)
        transaction.on_commit(partial(events.announce, LockLapsed(row.case_id, row.id)))
    return len(due)


def mark_lost_orders() -> int:
    """Mark what no process can open any more, so that it reads "not confirmed" and a person orders it again."""
    waiting = BundleOrder.objects.filter(state__in=IN_FLIGHT).values_list("id", "outbox_key_id", "ordered_at")
    aged = clock.now() - outbox.LIFETIME - timedelta(minutes=1)
    lost = [order_id for order_id, key_id, at in waiting if at < aged or not outbox.is_living(key_id)]
    return lose(BundleOrder.objects.filter(pk__in=lost, state__in=IN_FLIGHT))


@transaction.atomic
def lose(rows: QuerySet[BundleOrder]) -> int:
    """End these orders as lost, and forget what cannot be opened anyway."""
    held = list(rows.select_for_update())
    for row in held:
        row.state, row.sealed_parcel, row.finished_at = OrderState.LOST.value, b"", clock.this_minute()
        row.save(update_fields=["state", "sealed_parcel", "finished_at"])
        audit_record(BY_RULE, "account.act-lost", row.case_id)
        transaction.on_commit(partial(events.announce, BundleLost(row.case_id, row.id)))
    return len(held)
