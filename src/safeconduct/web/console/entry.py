"""The door as staff see it: how far it is open, what stands against opening it wider, invitations, floods."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases import door, queries
from safeconduct.domains.cases.services import channel, flood
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.console.doors import for_staff

# A lead says that there is a flood, that there is none, or leaves it to the count.
FLOOD = {"on": True, "off": False, "count": None}


@for_staff
@require_safe
def entry(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the door."""
    return render(request, "console/entry.html", _page(desk))


@for_staff
@require_POST
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make an invitation and show its words, here and nowhere again."""
    return render(request, "console/entry.html", _page(desk) | {"invitation": channel.invite(desk)})


@for_staff
@require_POST
def say_flood(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say that there is a flood, or that there is none."""
    said = request.POST.get("flood", "")
    if said not in FLOOD:
        raise NotAllowed
    flood.say_flood(FLOOD[said], desk)
    return redirect("console:entry")


def _page(desk: Desk) -> dict[str, object]:
    return {
        "here_is": "entry",
        "channel": queries.channel(),
        "flooding": door.flooding(),
        "lead": desk.may(Role.LEAD),
    }
