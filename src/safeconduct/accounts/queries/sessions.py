"""One's own open sessions, told apart by their times: nothing else is kept of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.accounts.models import Session
from safeconduct.accounts.rules import session_is_over
from safeconduct.accounts.values import Desk
from safeconduct.kernel import clock


@dataclass(frozen=True)
class SessionView:
    """One open session as its holder sees it, to the minute."""

    id: UUID
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class OwnSessions:
    """Somebody's open sessions: the one they ask from, and the others, last seen first."""

    this: SessionView | None
    others: tuple[SessionView, ...]


def sessions_for(desk: Desk) -> OwnSessions:
    """Return the open sessions of whoever sits at this desk. Nobody sees another's, nor how many there are."""
    rows = Session.objects.filter(holder_id=desk.member_id, kind=desk.kind.value).order_by("-seen_at", "-made_at", "id")
    now = clock.now()
    found = [
        SessionView(row.id, row.made_at, row.seen_at)
        for row in rows
        if not session_is_over(now=now, seen_at=row.seen_at, ends_at=row.ends_at)
    ]
    return OwnSessions(
        this=next((one for one in found if one.id == desk.session_id), None),
        others=tuple(one for one in found if one.id != desk.session_id),
    )
