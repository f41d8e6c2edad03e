"""Waking people: raising the rungs that have come due, sending pages until somebody has them, acknowledging."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, Q

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED, Desk
from safeconduct.audit import services as audit
from safeconduct.connectors import paging
from safeconduct.domains.cases.events import PageDue
from safeconduct.domains.cases.models import Case, Page, PagerAddress
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Audience, Rung, Severity, Stage, Step, rungs_due, say_again_after
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.channel import page_number
from safeconduct.domains.cases.services.deeds import after_commit, save_case
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault import queries as vault

log = structlog.get_logger()

TRY_AGAIN_AFTER = timedelta(minutes=1)
AT_ONCE = 100
LONGEST_SILENCE = max(map(say_again_after, Severity))
STEP_NUMBER = {step.value: number for number, step in enumerate(Step, start=1)}


def raise_due_rungs() -> int:
    """Raise every rung that has come due and return for how many cases. No pager is asked, so none holds it up."""
    now = clock.now()
    # Reported while the clock ran ahead: now that it is right, their time is still to come, and must not be waited for.
    ahead = Q(imminent_since__gt=now, escalate_at__isnull=False, pages__isnull=True)
    due = Case.objects.filter(Q(escalate_at__lte=now) | ahead).order_by("severity", "escalate_at")
    cases = [*due.values_list("id", flat=True)[:AT_ONCE]]
    for case_id in cases:
        _raise_rungs(case_id)
    return len(cases)


def send_waiting_pages() -> int:
    """Send every page that waits and return how many people were woken. It may wait for pagers that are slow."""
    waiting = Page.objects.filter(_to_be_said(clock.now()), acknowledged_at__isnull=True)
    return sum(_wake(member) for member in [*waiting.order_by("member").values_list("member", flat=True).distinct()])


@transaction.atomic
def _raise_rungs(case_id: UUID) -> None:
    now = clock.now()
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None or case.escalate_at is None or case.escalate_at > _reached(case, now):
        return
    for rung in _due(case, now):
        if not case.pages.filter(step=rung.step.value, rung_at=rung.due_at).exists():
            _raise(case, rung, now)
    save_case(case, escalated_to=_reached(case, now))


def _reached(case: Case, now: datetime) -> datetime:
    """Return how far a case's ladder has come: to its own beginning at least, whatever the clock says since."""
    return max(now, case.imminent_since or now)


def _to_be_said(now: datetime) -> Q:
    """Return what is due to be said, and what was put off further than anything is: the clock was set back since."""
    return Q(next_at__lte=now) | Q(next_at__gt=now + LONGEST_SILENCE)


def _due(case: Case, now: datetime) -> list[Rung]:
    if case.stage == Stage.CLOSED.value:
        return []
    now = _reached(case, now)
    clocks = [each for report in case.reports.all() for each in clocks_of(report, case)]
    return rungs_due(Severity(case.severity), clocks, imminent_since=case.imminent_since, now=now)


def _raise(case: Case, rung: Rung, now: datetime) -> None:
    number = page_number()
    Page.objects.bulk_create(
        Page(case=case, member=member, step=rung.step.value, rung_at=rung.due_at, number=number, next_at=now)
        for member in audience_of(case, rung.audience)
    )
    for report_id in case.reports.values_list("id", flat=True):
        audit.record(BY_RULE, Deed.REPORT_ESCALATED, report_id)


def audience_of(case: Case, audience: Audience) -> frozenset[UUID]:
    """Return whom a rung wakes: never anyone who could not open what they are woken for, and never nobody."""
    can_open = accounts.members_behind(vault.recipients_of(case.work))
    if audience is Audience.HOLDER:
        chosen = can_open & {case.assignee} if case.assignee else can_open
    elif audience is Audience.LEADS:
        chosen = can_open & _leads()
    else:
        chosen = can_open
    return chosen or can_open


def _leads() -> frozenset[UUID]:
    try:
        return accounts.people_who_can_open(accounts.lead_recipients(NOBODY_EXCLUDED))
    except Refused:
        return frozenset()


def _wake(member: UUID) -> int:
    """Send one page to a person for everything that waits for them: it says no more than that, however much it is.

    The next try is noted first, so that a crash floods nobody.
    """
    page = _claim(member)
    if page is None:
        return 0
    if sum(_send_by(pager, page) for pager in paging.pagers()):
        return 1
    Page.objects.filter(member=member, acknowledged_at__isnull=True).update(next_at=clock.now() + TRY_AGAIN_AFTER)
    log.warning("page.not-sent", page=str(page.id))
    return 0


@transaction.atomic
def _claim(member: UUID) -> Page | None:
    now = clock.now()
    unanswered = Page.objects.filter(member=member, acknowledged_at__isnull=True)
    # One ring says all there is to say, so a thousand reports ring once in a minute. What came since rings in the next.
    if unanswered.filter(times__gt=0, sent_at=clock.this_minute(), next_at__gt=now).exists():
        return None
    waiting = unanswered.filter(_to_be_said(now))
    # The gravest first: it sets the pace, and what is less grave must not make a call for it wait longer.
    locked = waiting.select_for_update(of=("self",)).order_by("case__severity", "rung_at", "id")
    page = next((each for each in locked if _still_needed(each)), None)
    if page is None:
        return None
    again = now + say_again_after(Severity(page.case.severity))
    waiting.update(times=F("times") + 1, sent_at=clock.this_minute(), next_at=again)
    after_commit(PageDue(page.id))
    return page


def _still_needed(page: Page) -> bool:
    """Return whether a page is still to be answered; one that is not is deleted.

    A kept promise ends its pages, and so does the loss of the key: whoever cannot open it is not woken for it.
    """
    rungs = {(rung.step.value, rung.due_at) for rung in _due(page.case, clock.now())}
    if (page.step, page.rung_at) in rungs and page.member in accounts.members_behind(
        vault.recipients_of(page.case.work)
    ):
        return True
    page.delete()
    return False


def _send_by(pager: paging.Pager, page: Page) -> int:
    sent = 0
    for address in PagerAddress.objects.filter(member=page.member, pager=pager.name):
        try:
            pager.send(paging.Page(address.address, STEP_NUMBER[page.step], page.number))
        except Unavailable as fault:
            log.warning("page.failed", page=str(page.id), code=fault.code)
        else:
            sent += 1
    return sent


@transaction.atomic
def acknowledge(page_id: UUID, desk: Desk) -> UUID:
    """Say "I have it" to a page, for everyone woken by the same step; return the case."""
    check_staff(desk)
    page = Page.objects.select_for_update().filter(pk=page_id, case__in=reachable_cases(desk.ring)).first()
    if page is None:
        raise NotAllowed
    same = Page.objects.filter(case=page.case_id, step=page.step, rung_at=page.rung_at, acknowledged_at__isnull=True)
    same.update(acknowledged_at=clock.this_minute(), acknowledged_by=desk.member_id)
    audit.record(desk.actor, Deed.PAGE_ACKNOWLEDGED, page.case_id)
    return page.case_id
