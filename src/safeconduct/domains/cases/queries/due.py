"""Which cases are past their time, with nothing that keeps them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from safeconduct.domains.cases import needed
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.queries.keeping import held_among, periods
from safeconduct.domains.cases.queries.linked import connected
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.safety.unfinished import under_way
from safeconduct.kernel import clock

NOTHING_LATE = timedelta()
# Whether anything keeps them is asked for so many cases in one.
AT_A_TIME = 50


def due_cases(*, late: timedelta = NOTHING_LATE, at_most: int = 200) -> list[UUID]:
    """Return the cases to be erased now, oldest first. What was linked into another goes with that one."""
    today = datetime.combine(clock.now().date(), time(), tzinfo=UTC) - late
    past = Q(pk__in=[])
    for outcome, period in periods().items():
        past |= Q(outcome=outcome.value, closed_at__lte=today - period)
    closed = Case.objects.filter(past, stage=Stage.CLOSED.value, erased_on=None).order_by("closed_at", "id")
    return _not_kept([*closed.values_list("id", flat=True)], at_most)


def _not_kept(case_ids: list[UUID], at_most: int) -> list[UUID]:
    """Return the first of these that nothing keeps, and ask no further once there are enough."""
    found: list[UUID] = []
    for start in range(0, len(case_ids), AT_A_TIME):
        asked = case_ids[start : start + AT_A_TIME]
        kept = _kept_among(asked)
        found += [each for each in asked if each not in kept]
        if len(found) >= at_most:
            break
    return found[:at_most]


def keeps(case_id: UUID) -> bool:
    """Answer whether anything keeps a case beyond its time."""
    return bool(_kept_among([case_id]))


def _kept_among(case_ids: Collection[UUID]) -> set[UUID]:
    about = about_cases(case_ids)
    everything = set[UUID]().union(*about.values())
    keeping = held_among(everything) | under_way(everything) | needed.needed(everything)
    return {each for each, its in about.items() if its & keeping}


def is_needed(about: Collection[UUID]) -> bool:
    """Answer whether an act under way, an appeal or a remedy still needs these cases and reports."""
    return bool(under_way(about) | needed.needed(about))


def about_case(case_id: UUID) -> set[UUID]:
    """Return the ids of a case, of all that linking made one with it, and of their reports."""
    return about_cases([case_id])[case_id]


def about_cases(case_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return the same of each of these."""
    together = connected(case_ids)
    everything = set[UUID]().union(*together.values())
    reports = defaultdict[UUID, set[UUID]](set)
    for report_id, case_id in Report.objects.filter(case_id__in=everything).values_list("id", "case_id"):
        reports[case_id].add(report_id)
    return {each: set(its).union(*(reports[case_id] for case_id in its)) for each, its in together.items()}


def overdue_erasures() -> int:
    """Return how many cases are past their day by more than two, with nothing that keeps them."""
    return len(due_cases(late=timedelta(days=2)))
