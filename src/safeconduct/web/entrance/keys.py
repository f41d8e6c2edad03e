"""One's own key, to be read to custodians by voice; and the page on which custodians sign."""

from http import HTTPStatus

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import Desk, Role
from safeconduct.connectors.introductions import providers
from safeconduct.kernel.errors import Refused
from safeconduct.web.entrance import browsers, time_zones
from safeconduct.web.entrance.browsers import OUR_SCRIPT
from safeconduct.web.entrance.door import AT_THE_CONSOLE
from safeconduct.web.named import id_in
from safeconduct.web.sessions import for_members


@csp_update(OUR_SCRIPT)
@require_GET
@for_members
def your_key(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the fingerprint of the key that this session really holds, and what guards one's door."""
    return shown(request, desk)


def shown(request: HttpRequest, desk: Desk, *, status: int = HTTPStatus.OK, refused: str = "") -> HttpResponse:
    """Draw the page, with a refusal on it if there is one."""
    usable = browsers.site_of(request) is not None
    values = {
        "fingerprint": queries.fingerprint_of(desk),
        "signed": bool(desk.roles),
        "custodian": desk.may(Role.CUSTODIAN),
        "signing": queries.signing_fingerprint_of(desk),
        "console": bool(desk.roles & AT_THE_CONSOLE),
        "partner": desk.may(Role.PARTNER),
        "passkeys": queries.passkeys_for(desk),
        "enrolment": queries.enrolment_for(desk, browsers.browser_of(request)) if usable else None,
        "sign_in_name": queries.sign_in_names_for([desk.member_id])[desk.member_id],
        "sessions": queries.sessions_for(desk),
        "chosen": request.POST.get("session", ""),
        "refused": refused,
        "linked": _provider_of(desk),
        "providers": providers(serving=desk.kind),
        "zones": time_zones.grouped(desk.time_zone),
        "zone_of_ours": time_zones.of_the_deployment(),
        "zone_of_all": time_zones.of_everybody(),
    }
    return render(request, "entrance/your_key.html", values, status=status)


def _provider_of(desk: Desk) -> str:
    """Return what somebody's provider is called; its short id, where it was taken out of the settings since."""
    linked = queries.provider_of(desk)
    return next((each.name for each in providers() if each.id == linked), linked)


@require_POST
@for_members
def keep_time_zone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep the zone in which whoever is in reads times."""
    try:
        services.keep_time_zone(request.POST.get("zone", ""), by=desk)
    except Refused as fault:
        return shown(request, desk, refused=fault.code, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect("/your-key#times")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def roster(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show a custodian what waits, and take their signature."""
    if request.method != "POST":
        return _waiting(request, desk)
    try:
        words = request.POST.get("words", "")
        complete = services.sign_roster(id_in(request, "subject"), passphrase=words, by=desk)
    except Refused as fault:
        return _waiting(request, desk, refused=fault.code, status=HTTPStatus.CONFLICT)
    return _waiting(request, desk, signed=True, complete=complete)


def _waiting(request: HttpRequest, desk: Desk, *, status: int = HTTPStatus.OK, **said: object) -> HttpResponse:
    said |= {"entries": queries.waiting_for_signatures(desk)}
    return render(request, "entrance/roster.html", said, status=status)
