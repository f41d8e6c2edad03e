"""Wrong codes refused at once, before any page's machinery: in a flood of them reporters keep the processor.

Only a refusal is ever given here, and it is the page's own: the first of each kind goes the whole way, and its headers
are kept for the others. Whatever is not plainly a wrong code goes the whole way too: a right code, a passkey's answer,
a browser that is signed in, another site's form, a database that does not answer.
"""

import io
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, close_old_connections
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from safeconduct.accounts import services
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web import language, sessions
from safeconduct.web.entrance import browsers
from safeconduct.web.entrance.refusal import Refusal, refusal

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
Headers = tuple[tuple[str, str], ...]
Kind = tuple[str, bool]

LARGEST_FORM = 8_000
_FORM = "application/x-www-form-urlencoded"
_FOREIGN = HttpResponse()
_OF_ONE_ANSWER = frozenset({"content-length", "set-cookie"})


class AtOnce:
    """Stands before the pages and answers wrong codes at the entrance itself."""

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._headers: dict[Kind, Headers] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own (PEP 3333)
        """Answer one request of WSGI."""
        request = _form_in(environ)
        if request is None:
            return self._pages(environ, start_response)
        kind = (language.chosen(request), browsers.site_of(request) is not None)
        if kind in self._headers and _is_wrong(request):
            return _answered(request, kind, self._headers[kind], start_response)
        answer = self._pages(environ, start_response)
        if isinstance(answer, Refusal):
            self._headers.setdefault(kind, _lasting(answer))
        return answer


def _form_in(environ: dict[str, Any]) -> WSGIRequest | None:
    """Return a sign-in form of ours that a code came with, its body still to be read by whoever is next."""
    if environ["REQUEST_METHOD"] != "POST" or environ.get("PATH_INFO") != sessions.SIGN_IN or not _is_small(environ):
        return None
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    environ["wsgi.input"] = io.BytesIO(body)
    request = WSGIRequest({**environ, "wsgi.input": io.BytesIO(body)})
    try:
        return request if _is_of_a_stranger(request) and _is_ours(request) else None
    except (SuspiciousOperation, BadRequest):
        return None


def _is_small(environ: dict[str, Any]) -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return environ.get("CONTENT_TYPE") == _FORM and length.isdecimal() and 0 < int(length) <= LARGEST_FORM


def _is_of_a_stranger(request: WSGIRequest) -> bool:
    return set(request.COOKIES) == {settings.CSRF_COOKIE_NAME} and not request.POST.get("passkey")


class _Check(CsrfViewMiddleware):
    def _reject(self, request: object, reason: str) -> HttpResponse:  # noqa: ARG002 - Django's signature
        return _FOREIGN


def _pageless(_request: object) -> HttpResponse:
    return _FOREIGN


_check = _Check(_pageless)


def _is_ours(request: WSGIRequest) -> bool:
    request.get_host()
    _check.process_request(request)
    return _check.process_view(request, _pageless, (), {}) is None


def _is_wrong(request: WSGIRequest) -> bool:
    close_old_connections()
    try:
        services.refuse_wrong_code(request.POST.get("name", ""), request.POST.get("code", ""))
    except NotAllowed:
        return True
    except DatabaseError:
        return False
    return False


def _lasting(answer: HttpResponse) -> Headers:
    return tuple((name, value) for name, value in answer.items() if name.lower() not in _OF_ONE_ANSWER)


def _answered(request: WSGIRequest, kind: Kind, headers: Headers, start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own (PEP 3333)
    answer = refusal(request, request.POST.get("name", ""), kind[0])
    body = answer.content
    start_response(f"{answer.status_code} {answer.reason_phrase}", [*headers, ("Content-Length", str(len(body)))])
    return [body]
