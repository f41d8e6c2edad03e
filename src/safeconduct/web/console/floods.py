"""Many reports in the same words: lowered together, in one act with one reason, and raised again one by one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.services import flood
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import LowerTogetherForm


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def lower(request: HttpRequest, desk: Desk, group_id: UUID) -> HttpResponse:
    """Show what is alike, then lower all of it that this reader can open."""
    group = queries.flood_group_for(group_id, desk)
    form = LowerTogetherForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data
        flood.lower(group_id, severity=Severity(wanted["severity"]), reason=wanted["reason"], desk=desk)
        return redirect("console:queue")
    return render(request, "console/flood.html", {"group": group, "form": form})
