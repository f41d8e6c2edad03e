"""What was promised to a reporter, for whoever can open their conversation."""

from datetime import date
from uuid import UUID

from safeconduct.domains.remedy.models import Promise
from safeconduct.domains.remedy.papers import DELIVERED, PROMISED
from safeconduct.domains.remedy.views import PromiseView
from safeconduct.kernel import clock
from safeconduct.vault import Keyring, Opened
from safeconduct.vault import services as vault


def remedies_for(report_id: UUID, ring: Keyring) -> tuple[PromiseView, ...]:
    """Return the remedies promised on a report, oldest first; of those that do not open, nothing."""
    rows = [*Promise.objects.filter(report_id=report_id).order_by("promised_on", "id")]
    opened = vault.open({each.envelope for each in rows}, ring=ring, why="see what was promised") if rows else {}
    return tuple(_view(each, opened[each.envelope]) for each in rows if each.envelope in opened)


def overdue(today: date) -> int:
    """Return how many promises are overdue."""
    return Promise.objects.filter(delivered_on__isnull=True, due_on__lt=today).count()


def _view(row: Promise, opened: Opened) -> PromiseView:
    return PromiseView(
        id=row.id,
        promised_on=row.promised_on,
        due_on=row.due_on,
        delivered_on=row.delivered_on,
        promised=PROMISED.read(row.sealed, opened, row.id),
        delivered=DELIVERED.read(row.sealed_proof, opened, row.id) if row.sealed_proof else None,
        late=(row.delivered_on or clock.now().date()) > row.due_on,
    )
