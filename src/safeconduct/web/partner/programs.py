"""What an organisation's own software needs: tokens, the address of its bell, and the keys to check us with."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.audit import queries as audit
from safeconduct.domains.partners import queries as partners
from safeconduct.domains.partners import services
from safeconduct.domains.partners.views import NewToken, OrganisationView
from safeconduct.kernel.errors import Refused
from safeconduct.web.named import id_in
from safeconduct.web.partner.doors import for_partners


@for_partners
@require_safe
def show(request: HttpRequest, desk: Desk, organisation: OrganisationView) -> HttpResponse:
    """Show tokens, bell and keys."""
    return _draw(request, desk, organisation)


@for_partners
@require_POST
def make_token(request: HttpRequest, desk: Desk, organisation: OrganisationView) -> HttpResponse:
    """Make a token and show it for the only time."""
    label = request.POST.get("label", "")
    try:
        made = services.make_token(label, by=desk)
    except Refused as fault:
        return _draw(request, desk, organisation, label=label, fault=fault.sentence)
    return _draw(request, desk, organisation, made=made)


@for_partners
@require_POST
def revoke_token(request: HttpRequest, desk: Desk, organisation: OrganisationView) -> HttpResponse:  # noqa: ARG001 - every page of ours is called alike
    """End a token."""
    services.revoke_token(id_in(request, "token"), by=desk)
    return _back()


@for_partners
@require_POST
def set_hook(request: HttpRequest, desk: Desk, organisation: OrganisationView) -> HttpResponse:
    """Say where the organisation is told that something is waiting; an empty address ends it."""
    address = request.POST.get("address", "").strip()
    try:
        services.set_hook(address, by=desk) if address else services.unset_hook(by=desk)
    except Refused as fault:
        return _draw(request, desk, organisation, address=address, fault=fault.sentence)
    return _back()


def _draw(
    request: HttpRequest,
    desk: Desk,
    organisation: OrganisationView,
    *,
    made: NewToken | None = None,
    label: str = "",
    address: str | None = None,
    fault: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "organisation": organisation,
        "tokens": partners.tokens_for(desk),
        "made": made,
        "kept": {"label": label, "address": partners.hook_for(desk) if address is None else address},
        "record_key": audit.verifier_key(),
        "hook_key": services.verify_key_pem(),
        "fault": fault,
        "page": "programs",
    }
    return render(request, "partner/programs.html", context, status=409 if fault else 200)


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect("/partner/programs", status=303)
