"""Closing a period: a lead sees what will be published, publishes exactly that, and the slips are gone for good."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import services as audit
from safeconduct.domains.transparency import queries
from safeconduct.domains.transparency.models import Box, Publication, SealedSlip
from safeconduct.domains.transparency.rules import (
    Counted,
    Month,
    Period,
    check_over,
    documents,
    fingerprint_id,
    numbers_from,
)
from safeconduct.domains.transparency.services.counting import languages, read
from safeconduct.domains.transparency.views import Published
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Refused
from safeconduct.vault import services as vault
from safeconduct.vault import slips
from safeconduct.vault.opened import Opened

NOTHING_YET = "No case has been closed since the last period, so there is nothing to publish."
NOT_OPEN = "Some weeks of this period do not open with your keys. Ask another lead to close it."
CHANGED = "This is not what the page showed. Look at it again, then publish."


@transaction.atomic
def preview(last: Month, desk: Desk) -> Published:
    """Return what closing the time up to a month would publish, to the letter."""
    desk.must(Role.LEAD)
    _, published = _prepared(last, desk)
    return published


@transaction.atomic
def close_period(last: Month, desk: Desk, *, shown: str) -> Published:
    """Publish a period as it was shown, and destroy the slips it was made from.

    ``shown`` is the fingerprint of what the lead looked at.
    """
    desk.must(Role.LEAD)
    already = next((each for each in queries.published() if str(each.fingerprint) == shown), None)
    if already is not None:
        # Pressed twice, or the answer was lost: it is what they wanted.
        return already
    boxes, published = _prepared(last, desk)
    if str(published.fingerprint) != shown:
        raise Refused("numbers.changed", CHANGED)
    Publication.objects.create(
        id=published.fingerprint,
        period=published.document.period,
        first_day=published.document.first_day,
        last_day=published.document.last_day,
        document=published.text,
    )
    _forget(boxes, desk)
    audit.record(desk.actor, "numbers.closed", published.fingerprint)
    # What outsiders are proved names no member, not even by an opaque id.
    audit.record(BY_RULE, "numbers.published", published.fingerprint)
    return published


def _prepared(last: Month, desk: Desk) -> tuple[list[Box], Published]:
    first = queries.next_month()
    if first is None:
        raise Refused("numbers.nothing", NOTHING_YET)
    period, today = Period(first, last), clock.now().date()
    check_over(period, today=today)
    within = Box.objects.select_for_update().filter(week__gte=period.first_day, week__lte=period.last_day)
    boxes = list(within.order_by("week"))
    numbers = numbers_from(_slips(boxes, desk), languages=languages())
    document = documents.document_of(numbers, period, closed_on=today, simulated=settings.DEMONSTRATION)
    text = documents.written(document)
    return boxes, Published(fingerprint_id(text.encode()), document, text)


def _slips(boxes: Iterable[Box], desk: Desk) -> list[Counted]:
    held = {box.id: box for box in boxes}
    opened = vault.open(held, ring=desk.ring, why="sum up a period")
    if len(opened) != len(held):
        raise Refused("numbers.not-open", NOT_OPEN)
    return [slip for box_id, key in opened.items() for slip in _slips_in(held[box_id], key)]


def _slips_in(box: Box, opened: Opened) -> list[Counted]:
    sealed = [(slip_id, bytes(content)) for slip_id, content in box.slips.values_list("id", "sealed")]
    return [read(plain) for plain in slips.take(sealed, opened, sealed_seed=bytes(box.sealed_seed))]


def _forget(boxes: list[Box], desk: Desk) -> None:
    SealedSlip.objects.filter(box__in=boxes).delete()
    for box in boxes:
        vault.destroy(box.id, by=desk.actor)
        box.delete()
