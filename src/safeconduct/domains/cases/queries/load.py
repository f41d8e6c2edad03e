"""How much work lies here, for whoever watches the service: whole numbers over everything, of no case and no person."""

from dataclasses import dataclass

from safeconduct.domains.cases.models import Case, LinkRecord, Page
from safeconduct.domains.cases.queries.channel import channel_mode, pager_tested_at
from safeconduct.domains.cases.rules import Mode, Stage
from safeconduct.kernel import clock


@dataclass(frozen=True)
class Load:
    """Exact counts. They are not for publication: rounded, or as yes and no, they may be watched."""

    cases: int
    untaken: int
    late: int
    pages: int
    untold: int
    channel_open: bool
    pager_tested: bool


def load() -> Load:
    """Count now."""
    running = Case.objects.exclude(stage=Stage.CLOSED.value)
    return Load(
        cases=running.count(),
        untaken=running.filter(assignee__isnull=True).count(),
        late=running.filter(due_at__lt=clock.now()).count(),
        pages=Page.objects.filter(acknowledged_at__isnull=True).count(),
        untold=LinkRecord.objects.filter(tries__gt=0).count(),
        channel_open=channel_mode() is not Mode.CLOSED,
        pager_tested=pager_tested_at() is not None,
    )
