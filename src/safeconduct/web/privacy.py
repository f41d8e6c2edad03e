"""What every answer carries so that nothing stays behind, and what portal requests lose before anything can log it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

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
        if not request.path.startswith(KEPT_BY_BROWSERS):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Referrer-Policy", _referrer_policy(request))
        return response


def _forget(request: HttpRequest) -> None:
    for name in IDENTIFYING:
        request.META.pop(name, None)
        request.environ.pop(name, None) if hasattr(request, "environ") else None


def _referrer_policy(request: HttpRequest) -> str:
    # Under "no-referrer" a browser sends "Origin: null" with a form, and the check against forged forms then refuses
    # our own pages. "same-origin" tells other sites just as little: nothing.
    return "same-origin" if "CSRF_COOKIE" in request.META else "no-referrer"
