"""Calling once more: what somebody said they have is said anew when it is nobody's again, or when it has got worse."""

from uuid import UUID

from safeconduct.domains.cases.models import Case, Page
from safeconduct.kernel import clock


def ring_again(case: Case) -> None:
    """Let every page of a case call again that was answered; one that needs no answer any more ends unsaid."""
    answered = case.pages.filter(acknowledged_at__isnull=False)
    answered.update(acknowledged_at=None, acknowledged_by=None, next_at=clock.now())


def ring_for(case: Case, member: UUID) -> None:
    """Call whoever is given a case for each of its rungs that somebody was called for, and nobody else."""
    rungs = {(page.step, page.rung_at): page.number for page in case.pages.all()}
    now = clock.now()
    Page.objects.bulk_create(
        (
            Page(case=case, member=member, step=step, rung_at=rung_at, number=number, next_at=now)
            for (step, rung_at), number in rungs.items()
        ),
        ignore_conflicts=True,
    )
    mine = case.pages.filter(member=member, acknowledged_at__isnull=False)
    mine.update(acknowledged_at=None, acknowledged_by=None, next_at=now)
