"""The queue: one list by urgency, of the cases this reader can open. Of others not even a count."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import work
from safeconduct.domains.cases.views import QueueView
from safeconduct.kernel import clock
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.groups import grouped, state_of

SHOWN_AT_MOST = 100
CALLS_AT_MOST = 5  # in a flood hundreds wait, and what the queue is for must not stand below them
LOOKS_AT_MOST = 15  # a page left open looks again for a quarter of an hour, then lets the session go idle


@for_staff
@require_safe
def queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what waits, most urgent first."""
    view = _view(request)
    now = clock.now()
    rows = queries.queue_for(desk, view=view, limit=SHOWN_AT_MOST)
    calls = queries.pages_for(desk)
    return render(
        request,
        "console/queue.html",
        {
            "here_is": "queue",
            "view": view,
            "groups": grouped(rows, now),
            "state": state_of(rows, now),
            "cut": len(rows) == SHOWN_AT_MOST,
            "shown_at_most": SHOWN_AT_MOST,
            "mark": queries.queue_mark_for(desk, view),
            "free": any(row.assignee_id is None for row in rows) and view is not QueueView.CLOSED,
            "alike": queries.flood_groups_for(desk),
            "calls": calls[:CALLS_AT_MOST],
            "calls_more": max(0, len(calls) - CALLS_AT_MOST),
            "exposure": queries.exposure_for(desk),
            "now": now,
        },
    )


@for_staff
@require_safe
def changes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say whether the queue is still the one on the page. Nothing is opened for this."""
    look = request.GET.get("look", "0")
    looks = int(look[:4]) if look.isdecimal() else 0
    view = _view(request)
    if queries.queue_mark_for(desk, view) != request.GET.get("seen"):
        return render(request, "console/changed.html", {"view": view})
    if looks >= LOOKS_AT_MOST:
        return render(request, "console/stopped_looking.html", {"view": view})
    return render(
        request, "console/look.html", {"view": view, "mark": request.GET.get("seen"), "look": looks + 1, "again": True}
    )


@for_staff
@require_POST
def take_next(request: HttpRequest, desk: Desk) -> HttpResponseRedirect:  # noqa: ARG001 - the form says all there is to say
    """Take the most urgent case that nobody has; if there is none, back to the queue, which says so."""
    rows = queries.queue_for(desk, view=QueueView.OPEN, limit=1)
    if not rows:
        return HttpResponseRedirect(reverse("console:queue"), status=HTTPStatus.SEE_OTHER)
    work.take_case(rows[0].case_id, desk)
    return redirect("console:case", rows[0].case_id)


def _view(request: HttpRequest) -> QueueView:
    asked = request.GET.get("view", QueueView.ALL.value)
    return QueueView(asked) if asked in set(QueueView) else QueueView.ALL
