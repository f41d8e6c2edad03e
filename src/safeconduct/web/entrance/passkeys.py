"""Adding and removing one's own passkeys."""

from http import HTTPStatus

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from safeconduct.accounts import services
from safeconduct.accounts.values import Desk
from safeconduct.kernel.errors import Refused
from safeconduct.web.entrance import browsers, keys
from safeconduct.web.entrance.browsers import OUR_SCRIPT
from safeconduct.web.named import id_in
from safeconduct.web.sessions import for_members

BACK = "/your-key#passkeys"


@sensitive_post_parameters()
@csp_update(OUR_SCRIPT)
@require_POST
@for_members
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take in a passkey that the browser has just made."""
    given = browsers.answer_in(request)
    if given is None:
        return keys.shown(request, desk, refused="passkey.not-added", status=HTTPStatus.CONFLICT)
    try:
        name, words = request.POST.get("name", ""), request.POST.get("words", "")
        services.add_passkey(name, given, passphrase=words, by=desk)
    except Refused as fault:
        return keys.shown(request, desk, refused=fault.code, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(BACK)


@csp_update(OUR_SCRIPT)
@require_POST
@for_members
def remove(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let one of one's own passkeys open the door no longer."""
    try:
        services.remove_passkey(id_in(request, "passkey"), by=desk)
    except Refused as fault:
        return keys.shown(request, desk, refused=fault.code, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(BACK)
