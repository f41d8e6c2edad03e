"""What is answered while nothing can be written: a disk that is full or read-only, a database somebody holds too long.

What was typed comes back in the same form, so that one press sends it again. It lies nowhere but in that page.
"""

from http import HTTPStatus

import structlog
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.translation import gettext as _

from safeconduct.web.privacy import is_portal
from safeconduct.web.sessions import here

# PostgreSQL calls a transaction that may only read an internal error.
FAULTS = (OperationalError, InternalError)
TRY_AGAIN_SECONDS = 60
# The pages on which words are typed that open keys. They must not lie in an answer, so they are asked for again.
KEYS_ARE_TYPED_IN = "entrance"

log = structlog.get_logger()


def nothing_kept(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Say that nothing was kept, and give back what was typed to be sent again."""
    # The fault's own words may quote what was being written.
    log.error("storage.refused", fault=type(fault).__name__)
    again = request.method == "POST" and not _takes_keys(request)
    typed = [(name, value) for name, values in request.POST.lists() for value in values] if again else []
    page = {
        "base": _base(request),
        "again": again,
        "typed": typed,
        "sends": any(name == "go" for name, _value in typed),
        "action": here(request),
        "pictures": again and bool(request.FILES),
        "title": _("Nothing was kept"),
    }
    text = render_to_string("answers/unwritable.html", page, request)
    headers = {"Retry-After": str(TRY_AGAIN_SECONDS)}
    return HttpResponse(text, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)


def _takes_keys(request: HttpRequest) -> bool:
    # By its address: the fault may have come before Django looked for the page.
    return resolve(request.path).namespace == KEYS_ARE_TYPED_IN


def _base(request: HttpRequest) -> str:
    if is_portal(request):
        return "base_portal.html"
    return "base_console.html" if request.path.startswith("/console/") else "base_public.html"
