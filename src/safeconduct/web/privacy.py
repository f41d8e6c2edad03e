"""What every answer carries so that nothing stays behind, and what portal requests lose before anything can log it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from safeconduct.web import uploads

Answer = Callable[[HttpRequest], HttpResponseBase]

PORTAL_PREFIXES = ("/help", "/leave")
KEPT_BY_BROWSERS = ("/static/",)

# An address or a browser's name, once read, ends up in a trace or an error page. The portal never has them.
IDENTIFYING = (
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)


@dataclass(frozen=True)
class Doorstep:
    """Where a portal request came from, for the door's limits in memory. It never prints."""

    address: str = field(repr=False)


def is_portal(request: HttpRequest) -> bool:
    """Say whether the visitor is at a page for reporters."""
    return request.path.startswith(PORTAL_PREFIXES)


class PrivacyMiddleware:
    """Forgets who asks at the portal, and tells browsers to keep and pass on nothing."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer without a trace."""
        if is_portal(request):
            _forget(request)
        response = self._get_response(request)
        uploads.leave_nothing(request)
        if not request.path.startswith(KEPT_BY_BROWSERS):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Referrer-Policy", _referrer_policy(request))
        return response


def doorstep(request: HttpRequest) -> str:
    """Return the address a request came from. Only ``cases.door`` may have it."""
    place: Doorstep | None = getattr(request, "doorstep", None)
    return _address(request) if place is None else place.address


def _forget(request: HttpRequest) -> None:
    vars(request)["doorstep"] = Doorstep(_address(request))
    for name in IDENTIFYING:
        request.META.pop(name, None)


def _address(request: HttpRequest) -> str:
    # Served over HTTPS we stand behind a proxy, whose own entry is the last; earlier ones are whatever a visitor wrote.
    passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return passed_on.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def _referrer_policy(request: HttpRequest) -> str:
    # Under "no-referrer" a browser sends "Origin: null" with a form, and our own forms would look like another site's.
    # "same-origin" tells other sites just as little: nothing.
    return "same-origin" if is_portal(request) or "CSRF_COOKIE" in request.META else "no-referrer"
