"""What the ledger is still to be told: lines about what was taken away from people, which follow the commit.

Nobody stays in because a disk is full. So such a line is owed from the transaction in which something was taken away,
and written after it; what cannot be written then waits here for a round. Lines are written in the order in which they
were owed, so that nothing given back is later told of as taken away.
"""

from itertools import groupby
from operator import attrgetter
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction

from safeconduct.kernel.errors import SafeconductError
from safeconduct.vault import ledger
from safeconduct.vault.models import OwedLine

log = structlog.get_logger()

AT_ONCE = 500


def note_later(kind: str, *ids: UUID) -> None:
    """Have it written down, once the caller's commit stands, that these were taken away, or given back."""
    OwedLine.objects.bulk_create(OwedLine(kind=kind, about=each) for each in ids)
    # Robust: whatever else waits for this commit is done, though the ledger cannot be written.
    transaction.on_commit(settle, robust=True)


def settle() -> int:
    """Write what is owed and can be written, and return how much that is. A round calls this, too."""
    try:
        return _settle()
    except (SafeconductError, DatabaseError) as fault:
        log.warning("ledger.not-noted", kind=type(fault).__name__)
        return 0


def waiting() -> int:
    """Return of how many things the ledger is still to be told."""
    return OwedLine.objects.count()


@transaction.atomic
def _settle() -> int:
    owed = [*OwedLine.objects.select_for_update().order_by("number")[:AT_ONCE]]
    for kind, rows in groupby(owed, key=attrgetter("kind")):
        ledger.note(kind, [row.about for row in rows])
    OwedLine.objects.filter(number__in=[row.number for row in owed]).delete()
    return len(owed)
