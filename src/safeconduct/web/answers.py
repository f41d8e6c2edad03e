"""Turns what goes wrong into pages that say what to do and nothing of what was there."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from safeconduct.kernel.errors import NotAllowed, Refused, SafeconductError, Unavailable
from safeconduct.web import unwritable
from safeconduct.web.privacy import is_portal
from safeconduct.web.refusals import words_for

Answer = Callable[[HttpRequest], HttpResponseBase]

STATUS: dict[type[SafeconductError], HTTPStatus] = {
    Refused: HTTPStatus.CONFLICT,
    NotAllowed: HTTPStatus.NOT_FOUND,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

CONSOLE = "/console/"

log = structlog.get_logger()


class ErrorsMiddleware:
    """Answers ``kernel.errors`` with a page. Any other failure goes on to ``our_fault``, which says nothing of it."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer a failure that happened on purpose."""
        if isinstance(fault, unwritable.FAULTS):
            return unwritable.nothing_kept(request, fault)
        if not isinstance(fault, SafeconductError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(fault, kind)), HTTPStatus.CONFLICT)
        log.info("page.refused", code=fault.code, status=status.value)
        if isinstance(fault, NotAllowed):
            return nothing_here(request, fault)
        sentence = words_for(fault) if is_portal(request) else _(fault.sentence)
        return _page(request, status, title=_TITLES[status](), sentence=sentence)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a protected form whose token does not fit: an old page, or another site's form."""
    sentence = _(
        "The page was open too long, or was opened in another window. Go back, load it again, and send once more."
    )
    return _page(request, HTTPStatus.FORBIDDEN, title=_("Nothing was changed"), sentence=sentence)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that no page of ours would send (400), or one that is too large (413)."""
    if "TooBig" in type(exception).__name__ or "TooMany" in type(exception).__name__:
        return too_large(request)
    if isinstance(exception, DisallowedHost):
        # To the operator alone: a stranger who tries names learns nothing, and the name tried is not kept.
        log.warning("page.host-not-in-SAFECONDUCT_HOSTS")
    sentence = _("The browser sent something we could not read. Go back and try again.")
    return _page(request, HTTPStatus.BAD_REQUEST, title=_("We could not read that"), sentence=sentence)


def nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer what is missing and what is forbidden alike, so that neither can be told from the other."""
    sentence = _("There is nothing at this address, or it is not for you.")
    return _page(request, HTTPStatus.NOT_FOUND, title=_("Nothing here"), sentence=sentence)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    sentence = _("That was too much at once. Files may have 25 MB in all. Go back and send less.")
    return _page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, title=_("Too much at once"), sentence=sentence)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Answer 500. The fault is in the log under its kind alone; the page knows nothing of it."""
    sentence = _("Something broke on our side. Nothing you sent was shown to anyone. Wait a minute and try again.")
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, title=_("This did not work"), sentence=sentence)


_TITLES: dict[HTTPStatus, Callable[[], str]] = {
    HTTPStatus.CONFLICT: lambda: _("This cannot be done"),
    HTTPStatus.SERVICE_UNAVAILABLE: lambda: _("No answer from outside"),
}


def _page(request: HttpRequest, status: HTTPStatus, *, title: str, sentence: str) -> HttpResponse:
    template = "answers/console.html" if request.path.startswith(CONSOLE) else "answers/answer.html"
    base = "base_portal.html" if is_portal(request) else "base_public.html"
    text = render_to_string(template, {"base": base, "title": title, "sentence": sentence}, request)
    return HttpResponse(text, status=status)
