"""The timeline against the log: whether each entry stands in the signed record, and its proof to take along."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.views import RecordedEntry
from safeconduct.web.console.doors import for_files, for_staff
from safeconduct.web.console.timeline import by_whom, sentence_of


@dataclass(frozen=True)
class Line:
    """One entry in words, with what its proof shows."""

    recorded: RecordedEntry
    sentence: str
    by: str


@for_staff
@require_safe
def record(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Check every entry of a case against the newest checkpoint and say plainly what holds and what does not."""
    seen = queries.record_for(case_id, desk)
    lines = [Line(one, sentence_of(one.entry), by_whom(one.entry)) for one in seen.entries]
    return render(request, "console/record.html", {"here_is": "case", "record": seen, "lines": lines})


@for_files
@require_safe
def proof(request: HttpRequest, desk: Desk, case_id: UUID, entry_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Send one entry's proof, to be kept and checked elsewhere."""
    made = queries.entry_proof(case_id, entry_id, desk)
    headers = {"Content-Disposition": 'attachment; filename="proof.json"'}
    return HttpResponse(made.as_json(), content_type="application/json", headers=headers)
