"""What is published, for everybody; and for leads, what can be closed next."""

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import queries as audit
from safeconduct.domains.transparency.models import Box, Publication
from safeconduct.domains.transparency.rules import Month, Period, documents
from safeconduct.domains.transparency.views import Published
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed

LONGEST = 12  # months that a period may hold


def published() -> list[Published]:
    """Return every published period, newest first."""
    return [_view(row) for row in Publication.objects.order_by("-last_day")]


def published_period(key: str) -> Published:
    """Return one published period, or raise ``NotAllowed``, alike for one that runs and one that never was."""
    row = Publication.objects.filter(period=key).first()
    if row is None:
        raise NotAllowed
    return _view(row)


def proof_of(published: Published) -> str:
    """Return the proof file that a period's file stands unchanged in the signed record."""
    return audit.proof_for(published.fingerprint, {"numbers.published"}).as_json()


def next_month() -> Month | None:
    """Return the month that the next period begins with, so that none is left out and none counted twice."""
    newest = Publication.objects.order_by("-last_day").first()
    if newest is not None:
        return Period.parse(newest.period).last.following
    oldest = Box.objects.order_by("week").first()
    return Month.of_week(oldest.week) if oldest else None


def closable_for(desk: Desk) -> list[Period]:
    """Return the periods that a lead could close now, the shortest first."""
    desk.must(Role.LEAD)
    first, found = next_month(), list[Period]()
    if first is None:
        return found
    last, today = first, clock.now().date()
    while Period(first, last).last_day < today and len(found) < LONGEST:
        found.append(Period(first, last))
        last = last.following
    return found


def _view(row: Publication) -> Published:
    return Published(row.id, documents.read(row.document), row.document)
