"""Counting a closed case into its week, so that nothing about it has to stay in clear."""

from datetime import date, timedelta

from django.db.models import F

from safeconduct.domains.cases.models import Case, Tally
from safeconduct.domains.cases.papers import Cover
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.rules import Linkage
from safeconduct.kernel import clock


def count_closed(case: Case, cover: Cover, linkage: Linkage) -> None:
    """Add a case that is being closed to this week's counts."""
    for what, value in _facts(case, cover, linkage):
        row, _ = Tally.objects.get_or_create(week=this_week(), what=what, value=value[:120])
        Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)


def this_week() -> date:
    """Return the Monday that this week is counted under."""
    today = clock.now().date()
    return today - timedelta(days=today.weekday())


def _facts(case: Case, cover: Cover, linkage: Linkage) -> list[tuple[str, str]]:
    facts = [
        ("severity", case.severity),
        ("outcome", case.outcome),
        ("linkage", linkage.value),
        ("origin", cover.origin.value),
    ]
    facts += [("threat", threat.value) for threat in cover.happened]
    facts += [(what, value) for what, value in (("country", cover.country), ("platform", cover.platform)) if value]
    facts += [("partner", cover.partner_name)] if cover.partner_name else []
    clocks = [each for report in case.reports.all() for each in clocks_of(report, case)]
    facts += [(f"{each.kind.value}-promise", f"{case.severity} {'kept' if each.kept else 'missed'}") for each in clocks]
    return facts
