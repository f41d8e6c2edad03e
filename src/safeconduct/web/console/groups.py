"""How a queue is read: grouped by when something falls due, under one sentence of state. Plain decisions over rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.views import QueueRow
from safeconduct.web.console.times import span

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Due(StrEnum):
    """When something falls due, in the steps people plan by."""

    HOUR = "hour"
    DAY = "day"
    LATER = "later"
    NOTHING = "nothing"


@dataclass(frozen=True)
class DueGroup:
    """Rows that fall due together, in the queue's own order of urgency."""

    due: Due
    title: str
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True)
class State:
    """The queue in one sentence, cut in three so that the middle can be set in bold."""

    count: str
    pressing: str
    next_due: str


def due_of(row: QueueRow, now: datetime) -> Due:
    """Return the group a row belongs to. What is late is due within the hour."""
    if row.due_at is None:
        return Due.NOTHING
    left = row.due_at - now
    if left <= HOUR:
        return Due.HOUR
    return Due.DAY if left <= DAY else Due.LATER


def grouped(rows: Sequence[QueueRow], now: datetime) -> list[DueGroup]:
    """Return the rows under the headings that have any."""
    titles = {
        Due.HOUR: _("Due within the hour"),
        Due.DAY: _("Due within the day"),
        Due.LATER: _("Due later"),
        Due.NOTHING: _("Nothing owed now"),
    }
    groups = [
        DueGroup(due, title, tuple(row for row in rows if due_of(row, now) is due)) for due, title in titles.items()
    ]
    return [group for group in groups if group.rows]


def state_of(rows: Sequence[QueueRow], now: datetime) -> State:
    """Say how many cases this reader sees, what presses most, and when the next promise falls due."""
    count = ngettext("%(count)d case.", "%(count)d cases.", len(rows)) % {"count": len(rows)}
    return State(count=count, pressing=_pressing(rows), next_due=_next_due(rows, now))


def _pressing(rows: Sequence[QueueRow]) -> str:
    imminent = sum(row.severity is Severity.P0 for row in rows)
    late = sum(row.late for row in rows)
    said = []
    if imminent:
        said.append(ngettext("%(count)d imminent", "%(count)d imminent", imminent) % {"count": imminent})
    if late:
        said.append(ngettext("%(count)d late", "%(count)d late", late) % {"count": late})
    if not said:
        return _("None imminent, none late.")
    return _("%(first)s, %(second)s.") % {"first": said[0], "second": said[1]} if len(said) > 1 else said[0] + "."


def _next_due(rows: Sequence[QueueRow], now: datetime) -> str:
    coming = [row.due_at for row in rows if row.due_at is not None and row.due_at > now]
    if not coming:
        return ""
    return _("The next promise falls due in %(span)s.") % {"span": span(min(coming) - now)}
