"""Until when a case is kept, what holds it, and what was asked about it: for those who can open it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases.models import ErasureWish, Hold
from safeconduct.domains.cases.papers import HOLD, WISH, HoldPaper
from safeconduct.domains.cases.queries.linked import connected
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Outcome
from safeconduct.domains.cases.rules.keeping import complete_on, erased_on, holds, periods_from
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Opened
from safeconduct.vault import services as vault


@dataclass(frozen=True)
class HoldView:
    """A hold as those read it who can open the case."""

    id: UUID
    case_id: UUID
    number: str
    asked_by: str
    asked_on: date
    agreed_by: str
    agreed_on: date | None
    review_on: date
    lift_asked_by: str
    lift_asked_on: date | None
    ended_by: str
    ended_on: date | None
    stands: bool
    overdue: bool
    may_agree: bool
    may_agree_to_lift: bool
    reason: str = field(repr=False)
    words_for_reporter: str = field(repr=False)
    lifted_because: str = field(repr=False)


@dataclass(frozen=True)
class WishView:
    """A wish to erase a case before its time."""

    id: UUID
    asked_by: str
    asked_on: date
    may_agree: bool
    reason: str = field(repr=False)


@dataclass(frozen=True)
class KeepingView:
    """How long a case is kept, and why."""

    case_id: UUID
    number: str
    closed_on: date | None
    erased_on: date | None  # as things stand; None while it is open or held
    complete_on: date | None  # when no backup can hold it any more
    holds: tuple[HoldView, ...]
    wishes: tuple[WishView, ...]
    today_complete_on: date

    @property
    def held(self) -> bool:
        """Return whether a hold protects it now."""
        return any(each.stands for each in self.holds)

    @property
    def held_until_agreed(self) -> bool:
        """Return whether only a hold that nobody has agreed to protects it, which ends after a week."""
        return self.held and not any(each.stands and each.agreed_on for each in self.holds)


def periods() -> dict[Outcome, timedelta]:
    """Return how long each outcome is kept, as the operator chose."""
    return periods_from(settings.KEEP)


def keeping_for(case_id: UUID, desk: Desk) -> KeepingView:
    """Return until when a case is kept; ``NotAllowed`` alike when it is missing and when this desk cannot open it."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    work = vault.open_one(case.work, ring=desk.ring, why="see how long the case is kept")
    held = hold_views(case.holds.all(), {case.work: work}, desk)
    closed, today = case.closed_at.date() if case.closed_at else None, clock.now().date()
    due = erased_on(closed, Outcome(case.outcome), periods()) if closed and case.outcome else None
    due = None if is_held([case_id]) else due
    return KeepingView(
        case_id=case.id,
        number=case.number,
        closed_on=closed,
        erased_on=due,
        complete_on=complete_on(due) if due else None,
        holds=tuple(held),
        wishes=tuple(_wish(row, work, desk) for row in case.erasure_wishes.filter(ended_on=None).order_by("asked_on")),
        today_complete_on=complete_on(today),
    )


def holds_for(desk: Desk) -> list[HoldView]:
    """Return the holds that stand over cases this desk can open, whichever is to be looked at first."""
    check_staff(desk)
    rows = Hold.objects.filter(ended_on=None, case__in=reachable_cases(desk.ring)).select_related("case")
    found = [*rows.order_by("review_on", "id")]
    opened = vault.open({row.case.work for row in found}, ring=desk.ring, why="see what is held")
    return hold_views(found, opened, desk)


def hold_views(rows: Collection[Hold], opened: Mapping[UUID, Opened], desk: Desk) -> list[HoldView]:
    """Return holds read with the work files of their cases."""
    people = {each for row in rows for each in _who(row) if each}
    names = accounts.names_for(people)
    return [_hold(row, HOLD.read(row.sealed, opened[row.case.work], row.id, row.revision), names, desk) for row in rows]


def _who(row: Hold) -> tuple[UUID | None, ...]:
    return (row.asked_by, row.agreed_by, row.lift_asked_by, row.ended_by)


def _hold(row: Hold, paper: HoldPaper, names: Mapping[UUID, str], desk: Desk) -> HoldView:
    today, asked_to_lift = clock.now().date(), row.lift_asked_by is not None and row.ended_on is None
    leads, leads_to_lift = (desk.may(Role.LEAD) or one for one in (paper.asked_by_lead, paper.lift_asked_by_lead))
    return HoldView(
        id=row.id,
        case_id=row.case_id,
        number=row.case.number,
        asked_by=names.get(row.asked_by, ""),
        asked_on=row.asked_on,
        agreed_by=names.get(row.agreed_by, "") if row.agreed_by else "",
        agreed_on=row.agreed_on,
        review_on=row.review_on,
        lift_asked_by=names.get(row.lift_asked_by, "") if row.lift_asked_by else "",
        lift_asked_on=row.lift_asked_on,
        ended_by=names.get(row.ended_by, "") if row.ended_by else "",
        ended_on=row.ended_on,
        stands=_holds(row, today),
        overdue=row.ended_on is None and row.review_on <= today,
        may_agree=row.agreed_on is None and row.ended_on is None and row.asked_by != desk.member_id and leads,
        may_agree_to_lift=asked_to_lift and row.lift_asked_by != desk.member_id and leads_to_lift,
        reason=paper.reason,
        words_for_reporter=paper.words_for_reporter,
        lifted_because=paper.lifted_because,
    )


def _wish(row: ErasureWish, work: Opened, desk: Desk) -> WishView:
    paper = WISH.read(row.sealed, work, row.id)
    name = accounts.names_for({row.asked_by}).get(row.asked_by, "")
    may = row.asked_by != desk.member_id and (desk.may(Role.LEAD) or paper.asked_by_lead)
    return WishView(row.id, name, row.asked_on, may_agree=may, reason=paper.reason)


def is_held(case_ids: Collection[UUID]) -> bool:
    """Answer whether a hold protects one of these cases, or one that linking made one with it."""
    return bool(held_among(set[UUID]().union(*connected(case_ids).values())))


def held_among(case_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these cases have a hold of their own that protects them now."""
    today = clock.now().date()
    rows = Hold.objects.filter(case_id__in=case_ids, ended_on=None)
    return {row.case_id for row in rows if _holds(row, today)}


def overdue_holds() -> int:
    """Return how many holds nobody has looked at since their day of review."""
    return Hold.objects.filter(ended_on=None, review_on__lte=clock.now().date()).count()


def _holds(row: Hold, today: date) -> bool:
    return holds(asked_on=row.asked_on, agreed=row.agreed_on is not None, ended=row.ended_on is not None, today=today)
