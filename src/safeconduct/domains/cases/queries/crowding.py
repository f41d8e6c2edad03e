"""The order of the queue while reports pour in: what a partner sent before what nobody vouches for, copies last.

Where more wait than one page shows, each origin has its turn: a crowd in one never hides what came by the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import Case as Choice
from django.db.models import Count, Min, Q, QuerySet, Value, When

from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Stage

FEWEST = 3
GROUPS = 20
CROWD = 100
# Only among equals: whatever is more urgent, and whatever owes something, still comes first.
IN_A_FLOOD = ("rank", "severity", "-known", "copy", "due_at", "number")


def in_a_flood(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Return cases in the order in which one true report is found among many false ones; none is left out."""
    return cases.annotate(copy=_copy(cases)).order_by(*IN_A_FLOOD)


def in_turn(cases: "QuerySet[Case]", most: int) -> list[Case]:
    """Return the first of these cases; of a crowd one of each origin in turn within one severity, the rarer first."""
    most = max(most, CROWD)
    first = [*cases[:most]]
    if len(first) < most:
        return first
    placed = [place for known in (True, False) for place in _places([*cases.filter(known=known)[:most]])]
    return [case for _place, case in sorted(placed, key=lambda each: each[0])]


def _places(cases: Sequence[Case]) -> Iterator[tuple[tuple[int, str, int, int], Case]]:
    crowds = Counter((case.rank, case.severity) for case in cases)
    turns: Counter[tuple[int, str]] = Counter()
    for case in cases:
        among = (case.rank, case.severity)
        turns[among] += 1
        yield (*among, turns[among], crowds[among]), case


def untaken_groups(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Return those of alike reports that nobody has taken."""
    return cases.filter(group__isnull=False, assignee__isnull=True, stage=Stage.NEW.value)


def _copy(cases: "QuerySet[Case]") -> Choice:
    sized = untaken_groups(cases).values("group").annotate(size=Count("*"), one=Min("number"))
    crowds = [*sized.filter(size__gte=FEWEST).order_by("-size", "group")[:GROUPS]]
    # One of each stays in its place: people who used the same words may all be right.
    alike = Q(group__in=[crowd["group"] for crowd in crowds], assignee__isnull=True, stage=Stage.NEW.value)
    copies = alike & ~Q(number__in=[crowd["one"] for crowd in crowds])
    return Choice(When(copies, then=Value(1)), default=Value(0))
