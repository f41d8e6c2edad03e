"""The queue: the most urgent cases a desk can open, opened for the shown page only."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db.models import QuerySet

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import door
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import COVER, Cover
from safeconduct.domains.cases.queries.crowding import in_a_flood, in_turn
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import OriginKind, Outcome, Rank, Severity, Stage
from safeconduct.domains.cases.views import QueueRow, QueueView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import DoesNotOpen, Opened
from safeconduct.vault import services as vault

log = structlog.get_logger()

MOST_ROWS = 200
DAMAGED = "What is stored of this case was changed or damaged. Ask for: safeconduct doctor"
BY_URGENCY = ("rank", "severity", "due_at", "number")


def queue_for(desk: Desk, view: QueueView | str = QueueView.ALL, limit: int = 50) -> list[QueueRow]:
    """Return the most urgent cases this desk can open. Of any other there is no row, no count and no gap."""
    most = min(limit, MOST_ROWS)
    return rows_of(_first(_cases(desk, QueueView(view)), QueueView(view), most), desk, why="read the queue")


def rows_of(cases: Sequence[Case], desk: Desk, *, why: str) -> list[QueueRow]:
    """Return these cases as lines of a list, as far as this desk opens them."""
    return row_of_each(cases, vault.open([case.work for case in cases], ring=desk.ring, why=why))


def row_of_each(cases: Sequence[Case], opened: Mapping[UUID, Opened]) -> list[QueueRow]:
    """Return opened cases as lines of a list."""
    names = accounts.names_for({case.assignee for case in cases if case.assignee})
    now = clock.now()
    return [_row(case, cover_of(case, opened), names, now) for case in cases if case.work in opened]


def queue_mark_for(desk: Desk, view: QueueView | str = QueueView.ALL) -> str:
    """Return a mark that changes when the queue changes. It opens nothing, so looking again leaves no entry."""
    columns = ("id", "severity", "stage", "due_at", "assignee", "revision")
    cases = _first(_cases(desk, QueueView(view)).defer("sealed_cover"), QueueView(view), MOST_ROWS)
    rows = [tuple(getattr(case, column) for column in columns) for case in cases]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


def case_numbered(number: str, desk: Desk) -> UUID:
    """Return the case of a number; ``NotAllowed`` alike when there is none and when this desk cannot open it."""
    check_staff(desk)
    found = reachable_cases(desk.ring).filter(number=number.strip().upper()).values_list("id", flat=True).first()
    if found is None:
        raise NotAllowed
    return found


def _cases(desk: Desk, view: QueueView) -> "QuerySet[Case]":
    check_staff(desk)
    cases = reachable_cases(desk.ring)
    if view is QueueView.CLOSED:
        return cases.filter(rank=Rank.CLOSED.value).order_by("-closed_at", "number")
    cases = cases.filter(rank__lt=Rank.CLOSED.value)
    cases = in_a_flood(cases) if door.flooding() else cases.order_by(*BY_URGENCY)
    if view is QueueView.MINE:
        return cases.filter(assignee=desk.member_id)
    return cases.filter(assignee__isnull=True) if view is QueueView.OPEN else cases


def _first(cases: "QuerySet[Case]", view: QueueView, most: int) -> list[Case]:
    return [*cases[:most]] if view is QueueView.CLOSED else in_turn(cases, most)[:most]


def cover_of(case: Case, opened: Mapping[UUID, Opened]) -> Cover:
    """Return the cover of an opened case, or one that says what is wrong with it."""
    try:
        return COVER.read(case.sealed_cover, opened[case.work], case.id, case.revision)
    except DoesNotOpen:
        # One row that somebody damaged must not hide the others.
        log.warning("case.damaged", case=str(case.id))
        return Cover(happened=(), platform="", country="", origin=OriginKind.ANONYMOUS, partner_name="", line=DAMAGED)


def _row(case: Case, cover: Cover, names: Mapping[UUID, str], now: datetime) -> QueueRow:
    return QueueRow(
        case_id=case.id,
        number=case.number,
        severity=Severity(case.severity),
        stage=Stage(case.stage),
        due_at=case.due_at,
        due_kind=case.due_kind,
        late=case.due_at is not None and case.due_at < now,
        started_at=case.received_at,
        assignee_id=case.assignee,
        assignee=names.get(case.assignee, "") if case.assignee else "",
        language=case.language,
        summary=cover.summary,
        happened=cover.happened,
        platform=cover.platform,
        country=cover.country,
        origin=cover.origin,
        partner_name=cover.partner_name,
        reports=cover.reports,
        asks_lock=cover.asks_lock,
        outcome=Outcome(case.outcome) if case.outcome else None,
        restricted=case.restricted,
        group=case.group,
    )
