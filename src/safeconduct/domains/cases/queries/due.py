"""Which cases are past their time, with nothing that keeps them."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from safeconduct.domains.cases import needed
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.queries.keeping import is_held, periods
from safeconduct.domains.cases.queries.linked import connected
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.safety.unfinished import under_way
from safeconduct.kernel import clock

NOTHING_LATE = timedelta()


def due_cases(*, late: timedelta = NOTHING_LATE, at_most: int = 200) -> list[UUID]:
    """Return the cases to be erased now, oldest first. What was linked into another goes with that one."""
    today = datetime.combine(clock.now().date(), time(), tzinfo=UTC) - late
    past = Q(pk__in=[])
    for outcome, period in periods().items():
        past |= Q(outcome=outcome.value, closed_at__lte=today - period)
    closed = Case.objects.filter(past, stage=Stage.CLOSED.value, erased_on=None).order_by("closed_at", "id")
    return [each for each in closed.values_list("id", flat=True) if not keeps(each)][:at_most]


def keeps(case_id: UUID) -> bool:
    """Answer whether anything keeps a case beyond its time."""
    about = about_case(case_id)
    return is_held([case_id]) or is_needed(about)


def erased_among(case_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these cases were erased."""
    return {*Case.objects.filter(pk__in=case_ids, erased_on__isnull=False).values_list("id", flat=True)}


def is_needed(about: Collection[UUID]) -> bool:
    """Answer whether an act under way, an appeal or a remedy still needs these cases and reports."""
    return under_way(about) or needed.needed(about)


def about_case(case_id: UUID) -> set[UUID]:
    """Return the ids of a case, of all that linking made one with it, and of their reports."""
    together = connected([case_id])[case_id]
    return {*together, *Report.objects.filter(case_id__in=together).values_list("id", flat=True)}


def overdue_erasures() -> int:
    """Return how many cases are past their day by more than two, with nothing that keeps them."""
    return len(due_cases(late=timedelta(days=2)))
