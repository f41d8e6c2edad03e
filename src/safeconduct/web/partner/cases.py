"""The list of an organisation's own cases."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Clock, Stage
from safeconduct.domains.cases.views import PartnerRow
from safeconduct.domains.partners.rules import Term
from safeconduct.domains.partners.views import OrganisationView
from safeconduct.kernel import clock
from safeconduct.web.partner import lines, words
from safeconduct.web.partner.doors import for_partners

MOST_ROWS = 100


@dataclass(frozen=True)
class Row:
    """One case on the list with the promise that falls due first."""

    report: PartnerRow
    stage: words.Words
    promise: Clock | None
    promised: words.Words
    late: bool


@for_partners
@require_safe
def show(request: HttpRequest, desk: Desk, organisation: OrganisationView) -> HttpResponse:
    """Show the cases, those that wait for us first."""
    rows = [_row(report) for report in cases.reports_for_partner(desk.ring, MOST_ROWS)]
    owed = sorted(
        (row for row in rows if row.promise), key=lambda row: row.promise.due_at if row.promise else clock.now()
    )
    context = {
        "organisation": organisation,
        "rows": [*owed, *(row for row in rows if row.promise is None)],
        "open": sum(row.report.stage is not Stage.CLOSED for row in rows),
        "late": sum(row.late for row in rows),
        "may_file": organisation.footing.may(Term.FILE, clock.now().date()),
        "page": "cases",
    }
    return render(request, "partner/cases.html", context)


def _row(report: PartnerRow) -> Row:
    promise = lines.next_promise(report.clocks, report.stage)
    return Row(
        report=report,
        stage=words.STAGES[report.stage],
        promise=promise,
        promised=words.PROMISES[promise.kind] if promise else "",
        late=promise is not None and promise.late(clock.now()),
    )
