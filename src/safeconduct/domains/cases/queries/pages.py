"""Pages as those woken see them."""

from collections.abc import Iterable
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Page, PagerAddress
from safeconduct.domains.cases.queries.reach import check_called, reachable_cases
from safeconduct.domains.cases.rules import Step
from safeconduct.domains.cases.views import PageView


def pages_for(desk: Desk) -> list[PageView]:
    """Return the pages that wait for this person's word, oldest first."""
    check_called(desk)
    waiting = Page.objects.filter(
        member=desk.member_id, acknowledged_at__isnull=True, case__in=reachable_cases(desk.ring)
    )
    return page_views(waiting.order_by("rung_at"), desk)


def pages_of(case_id: UUID, desk: Desk) -> list[PageView]:
    """Return every page of a case; the caller has checked that the desk can open it."""
    return page_views(Page.objects.filter(case=case_id).order_by("rung_at", "member"), desk)


def page_views(pages: Iterable[Page], desk: Desk) -> list[PageView]:
    """Return pages with the names of the people in them."""
    rows = [*pages]
    names = accounts.names_for({each for row in rows for each in (row.member, row.acknowledged_by) if each})
    return [
        PageView(
            id=row.id,
            number=row.number,
            case_id=row.case_id,
            step=Step(row.step),
            sent_at=row.sent_at,
            times=row.times,
            to_name=names.get(row.member, ""),
            mine=row.member == desk.member_id,
            acknowledged_at=row.acknowledged_at,
            acknowledged_by=names.get(row.acknowledged_by, "") if row.acknowledged_by else "",
        )
        for row in rows
    ]


def pager_addresses_for(desk: Desk) -> dict[str, str]:
    """Return where this person can be woken, by pager."""
    check_called(desk)
    return dict(PagerAddress.objects.filter(member=desk.member_id).values_list("pager", "address"))
