"""What is promised to the reporters of a case, and its delivery."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Remedy
from safeconduct.kernel.errors import Refused
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.reviewing import PromiseForm
from safeconduct.web.console.work import form_page
from safeconduct.web.named import form_key


@for_staff
@form_page
def remedies(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show what was promised, and promise more."""
    return _page(request, desk, case_id)


@for_staff
@require_POST
def deliver(request: HttpRequest, desk: Desk, case_id: UUID, promise_id: UUID) -> HttpResponse:
    """Say that something promised was delivered, and what shows it."""
    proof = request.POST.get("proof", "")
    try:
        services.deliver(case_id, promise_id, proof, desk)
    except Refused as refusal:
        return _page(request, desk, case_id, told_wrong=_(refusal.sentence), typed={promise_id: proof})
    return redirect("console:remedies", case_id)


def _page(
    request: HttpRequest, desk: Desk, case_id: UUID, *, told_wrong: str = "", typed: dict[UUID, str] | None = None
) -> HttpResponse:
    opened = cases.case_for(case_id, desk)
    numbered = enumerate(opened.reports, 1)
    reports = [(str(report.id), _("The reporter of report %(number)d") % {"number": at}) for at, report in numbered]
    form = PromiseForm(None if told_wrong else request.POST or None, reports=reports)
    key = form_key(request)
    if trying(form, lambda said: _promise(case_id, said, desk, key)):
        return redirect("console:remedies", case_id)
    promises = [each for report in opened.reports for each in queries.remedies_for(report.id, desk.ring)]
    kept = [{"promise": each, "typed": (typed or {}).get(each.id, "")} for each in promises]
    page = {"case": opened, "form": form, "promises": kept, "told_wrong": told_wrong, "form_key": key}
    return render(request, "console/remedies.html", page, status=409 if told_wrong else 200)


def _promise(case_id: UUID, said: dict[str, Any], desk: Desk, key: UUID) -> None:
    services.promise(case_id, UUID(said["report"]), Remedy(said["kind"]), said["words"], desk, key=key)
