"""Ending one's own other sessions."""

from http import HTTPStatus

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from safeconduct.accounts import services
from safeconduct.accounts.values import Desk
from safeconduct.kernel.errors import Refused
from safeconduct.web.entrance import keys
from safeconduct.web.entrance.browsers import OUR_SCRIPT
from safeconduct.web.named import id_in
from safeconduct.web.sessions import for_members

OTHERS = "others"
BACK = "/your-key#sessions"


@sensitive_post_parameters()
@csp_update(OUR_SCRIPT)
@require_POST
@for_members
def end(request: HttpRequest, desk: Desk) -> HttpResponse:
    """End the session that was chosen, or all but this one."""
    words = request.POST.get("words", "")
    try:
        if request.POST.get("session") == OTHERS:
            services.end_other_sessions(passphrase=words, by=desk)
        else:
            services.end_own_session(id_in(request, "session"), passphrase=words, by=desk)
    except Refused as fault:
        return keys.shown(request, desk, refused=fault.code, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(BACK)
