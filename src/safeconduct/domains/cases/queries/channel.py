"""How far the door stands open, and what stands against opening it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED
from safeconduct.domains.cases import gates
from safeconduct.domains.cases.models import Channel, PagerTest
from safeconduct.domains.cases.rules import Mode
from safeconduct.domains.cases.views import ChannelView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused

PAGER_TEST_LASTS = timedelta(days=30)
PEOPLE_NEEDED = 2
NO_PAGER = "Sign in, open Calls in the console, press Call me on trial, and type back the number that arrives."
TOO_FEW = "Bring a second member into the intake team, signed by two custodians."


def channel_mode() -> Mode:
    """Return who may report now."""
    row = Channel.objects.first()
    return Mode(row.mode) if row else Mode.CLOSED


def channel() -> ChannelView:
    """Return the door's state for staff."""
    row = Channel.objects.first()
    return ChannelView(
        mode=Mode(row.mode) if row else Mode.CLOSED,
        since=row.since if row else None,
        refusals=tuple(gate_refusals()),
        pager_tested_at=pager_tested_at(),
        people_who_can_open=people_who_can_open(),
        people_not_called=people_not_called(),
    )


def gate_refusals() -> list[str]:
    """Return what stands against opening the door, each with what to do; empty when nothing does."""
    refusals = []
    if pager_tested_at() is None:
        refusals.append(f"No pager has been tested in the last 30 days. {NO_PAGER}")
    if people_who_can_open() < PEOPLE_NEEDED:
        refusals.append(f"Fewer than two people can open a new case. {TOO_FEW}")
    return refusals + gates.refusals()


def pager_tested_at() -> datetime | None:
    """Return when a trial page last arrived, if that was lately."""
    # A custodian's pager wakes nobody who could read a report.
    tests = _lately_tested().filter(member__in=_who_can_open())
    return tests.order_by("-confirmed_at").values_list("confirmed_at", flat=True).first()


def people_not_called() -> tuple[str, ...]:
    """Return the sign-in names of those who could open a report but whom no trial call reached lately."""
    members = _who_can_open() - frozenset(_lately_tested().values_list("member", flat=True))
    return tuple(sorted(accounts.sign_in_names_for(members).values()))


def _lately_tested() -> QuerySet[PagerTest]:
    """Return the trials that count. They go with the address that they proved."""
    return PagerTest.objects.filter(confirmed_at__gte=clock.now() - PAGER_TEST_LASTS)


def people_who_can_open() -> int:
    """Return how many people could open a report that excluded nobody."""
    return len(_who_can_open())


def _who_can_open() -> frozenset[UUID]:
    try:
        return accounts.people_who_can_open(accounts.intake_recipients(NOBODY_EXCLUDED))
    except Refused:
        return frozenset()
