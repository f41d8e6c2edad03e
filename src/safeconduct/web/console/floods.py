"""Many reports in the same words: lowered together, in one act with one reason, and raised again one by one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.services import flood
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import LowerTogetherForm, trying


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def lower(request: HttpRequest, desk: Desk, group_id: UUID) -> HttpResponse:
    """Show what is alike, then lower all of it that this reader can open."""
    group = queries.flood_group_for(group_id, desk)
    form = LowerTogetherForm(request.POST or None)
    done: list[flood.Lowered] = []
    if trying(form, lambda said: done.append(_lower(group_id, said, desk))):
        return _told(request, done[0])
    return render(request, "console/flood.html", {"group": group, "form": form})


def _lower(group_id: UUID, said: dict[str, Any], desk: Desk) -> flood.Lowered:
    return flood.lower(group_id, severity=Severity(said["severity"]), reason=said["reason"], desk=desk)


def _told(request: HttpRequest, done: flood.Lowered) -> HttpResponse:
    """Go back to the queue, unless some case was left: whose number is then said."""
    if not done.left:
        return redirect("console:queue")
    return render(request, "console/lowered.html", {"done": done})
