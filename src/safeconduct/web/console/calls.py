"""Calls for help that went out by pager: acknowledged here, so that they stop being repeated."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.services import escalation
from safeconduct.web.console.doors import for_staff


@for_staff
@require_POST
def acknowledge(request: HttpRequest, desk: Desk, page_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Say that a person has seen the call."""
    escalation.acknowledge(page_id, desk)
    return redirect("console:queue")
