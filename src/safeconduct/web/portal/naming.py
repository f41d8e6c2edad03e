"""Letting us know who one is: never asked for, read by nobody of ours on the way, and taken back at any time."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from safeconduct.domains.cases.queries.identities import known_to_reporter
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders import queries as defenders
from safeconduct.domains.defenders.services import Told
from safeconduct.kernel.errors import Refused
from safeconduct.web.portal import conversation, drawing
from safeconduct.web.refusals import words_for


def show(request: HttpRequest, *, fault: str = "") -> HttpResponse:
    """Show what is kept of who somebody is and who asked for it, or how to leave it with us."""
    open_way = conversation.way_in(request)
    context = {
        "view": conversation.view_of(open_way),
        "known": known_to_reporter(open_way.holder_id, open_way.ring),
        "may_keep": defenders.seats_open(),
        "kept": {name: request.POST.get(name, "") for name in ("names", "contacts")} if fault else {},
        "fault": fault,
    }
    return drawing.page(request, "portal/name.html", context)


@sensitive_post_parameters()
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a name and contacts, once the person has said yes to how."""
    open_way = conversation.way_in(request)
    agreed = _("I agree that this is kept as the page says.") if request.POST.get("agree") else ""
    told = Told(request.POST.get("names", ""), request.POST.get("contacts", ""), agreed)
    try:
        identities.enrol_oneself(open_way.holder_id, told, ring=open_way.ring, by=open_way.ring.actor)
    except Refused as refusal:
        return show(request, fault=words_for(refusal))
    return show(request)


def forget(request: HttpRequest) -> HttpResponse:
    """Destroy what is kept of who somebody is."""
    open_way = conversation.way_in(request)
    try:
        identities.erase_oneself(open_way.holder_id, ring=open_way.ring, by=open_way.ring.actor)
    except Refused as refusal:
        return show(request, fault=words_for(refusal))
    return show(request)
