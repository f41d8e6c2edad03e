"""Being called: where a person can be woken, a trial of it, and calls acknowledged so that they stop being repeated."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.connectors import paging
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import channel, escalation
from safeconduct.web.console.doors import for_called, for_staff
from safeconduct.web.console.forms import PagerForm, PagerNumberForm, trying

# What was done just now, as the page's own address names it.
KEPT, SENT = "kept", "sent"
DONE = frozenset({KEPT, SENT})


@for_called
@require_safe
def calls(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the calls that wait for this person, and how they are called."""
    done = request.GET.get("done", "")
    return render(request, "console/calls.html", _page(desk) | {"done": done if done in DONE else ""})


@for_staff
@require_POST
def acknowledge(request: HttpRequest, desk: Desk, page_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Say that a person has seen the call, and open what they were woken for."""
    return redirect("console:case", escalation.acknowledge(page_id, desk))


@for_called
@require_POST
def set_address(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep where this person can be woken by one pager; nothing typed forgets it."""
    form = PagerForm(request.POST, pagers=_pagers())
    if trying(form, lambda said: channel.set_pager_address(desk, said["pager"], said["address"])):
        return _back(KEPT)
    return render(request, "console/calls.html", _page(desk) | {"address_form": form})


@for_called
@require_POST
def try_out(request: HttpRequest, desk: Desk) -> HttpResponse:  # noqa: ARG001 - there is nothing to say
    """Send a trial call to this person by every pager that knows them."""
    channel.try_pagers(desk)
    return _back(SENT)


@for_called
@require_POST
def confirm(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the number that a trial call carried: proof that it arrived."""
    form = PagerNumberForm(request.POST)
    if trying(form, lambda said: channel.confirm_pager(said["number"], desk)):
        return redirect("console:calls")
    return render(request, "console/calls.html", _page(desk) | {"number_form": form})


def _back(done: str) -> HttpResponse:
    return redirect(f"{reverse('console:calls')}?done={done}")


def _page(desk: Desk) -> dict[str, object]:
    return {
        "here_is": "calls",
        "calls": queries.pages_for(desk),
        "unheard": queries.calls_unheard(),
        "addresses": queries.pager_addresses_for(desk),
        "channel": queries.channel(),
        "pagers": _pagers(),
        "address_form": PagerForm(pagers=_pagers()),
        "number_form": PagerNumberForm(),
    }


def _pagers() -> list[tuple[str, str]]:
    return [(pager.name, pager.name) for pager in paging.pagers()]
