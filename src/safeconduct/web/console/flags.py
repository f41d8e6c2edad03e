"""What platforms' users pressed: a list without content, one flag opened at a time, each put into a case or left."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.accounts.values import Desk
from safeconduct.connectors import patience
from safeconduct.connectors.heard import Heard, heard_from
from safeconduct.connectors.incoming import Flag
from safeconduct.domains.cases.services import flags as service
from safeconduct.domains.cases.services.flags import FlagsWaiting
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.web.console.doors import for_staff

FLAGS_SECONDS = 4.0  # for each platform, so that one that is silent leaves time for the others


@dataclass(frozen=True)
class Shelf:
    """One platform on the page: its flags, or why they cannot be read now, and how much it tells of by itself."""

    platform: str
    waiting: FlagsWaiting | None
    fault: str
    heard: Heard


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def flags(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what waits on each platform; open one flag, or put it into a case whose number is typed."""
    platform, flag_id, told_wrong = request.POST.get("platform", ""), request.POST.get("flag", ""), ""
    opened: Flag | None = None
    try:
        if request.POST.get("go") == "keep":
            return _kept(service.put_into_case(platform, flag_id, request.POST.get("number", ""), desk))
        if flag_id:
            opened = service.open_flag(platform, flag_id, desk)
    except (Refused, Unavailable) as fault:
        told_wrong = _(fault.sentence)
    page = {
        "here_is": "flags",
        "shelves": [_shelf(each, desk) for each in service.platforms_with_flags()],
        "opened": opened,
        "told_wrong": told_wrong,
        "typed": request.POST.get("number", ""),
    }
    return render(request, "console/flags.html", page)


def _kept(case_id: UUID) -> HttpResponse:
    return redirect(f"/console/cases/{case_id}#evidence")


def _shelf(platform: str, desk: Desk) -> Shelf:
    try:
        with patience.within(FLAGS_SECONDS):
            return Shelf(platform, service.flags_waiting(platform, desk), "", heard_from(platform))
    except Unavailable as fault:
        return Shelf(platform, None, _(fault.sentence), heard_from(platform))


@for_staff
@require_POST
def seen(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin the next look after what this page showed."""
    said = request.POST
    service.mark_seen(said.get("platform", ""), desk, after=said.get("after", ""), upto=said.get("upto", ""))
    return redirect("console:flags")
