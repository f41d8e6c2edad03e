"""Who is at the door: the signed-in member's desk, or the reporter's way in. Pages ask here, never the cookie."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from safeconduct.accounts import services
from safeconduct.accounts.values import Desk, WayIn
from safeconduct.kernel import clock
from safeconduct.web import language
from safeconduct.web.privacy import is_portal

Answer = Callable[[HttpRequest], HttpResponseBase]
Page = Callable[..., HttpResponseBase]

SIGN_IN = "/sign-in"

# "__Host-" lets no other host set the cookie, and browsers accept it over HTTPS only.
_PREFIX = "__Host-" if settings.HTTPS else ""
DESK_COOKIE = f"{_PREFIX}desk"
WAY_COOKIE = f"{_PREFIX}way"
# Sent along when a provider leads somebody back to us. Neither opens anything by itself.
JOURNEY_COOKIE = f"{_PREFIX}journey"
INTRODUCTION_COOKIE = f"{_PREFIX}introduction"
_FROM_OTHER_SITES = frozenset({JOURNEY_COOKIE, INTRODUCTION_COOKIE})


class SessionsMiddleware:
    """Sets ``request.desk`` on pages for members and ``request.way_in`` on pages for reporters, each or None.

    A portal page never opens a member's desk and a console page never opens a conversation, even where one browser
    holds both cookies.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open what the cookie opens, if there is one."""
        portal = is_portal(request)
        holders = {
            "desk": None if portal else _opened(request, DESK_COOKIE, Desk),
            "way_in": _opened(request, WAY_COOKIE, WayIn) if portal else None,
        }
        vars(request).update(holders)
        return self._get_response(request)


def _opened(request: HttpRequest, cookie: str, kind: type[Any]) -> Any:  # noqa: ANN401 - either of two kinds
    secret = request.COOKIES.get(cookie)
    holder = services.session_from(secret) if secret else None
    return holder if isinstance(holder, kind) else None


def desk_of(request: HttpRequest) -> Desk | None:
    """Return the signed-in member's desk, or None."""
    desk: Desk | None = getattr(request, "desk", None)
    return desk


def way_in_of(request: HttpRequest) -> WayIn | None:
    """Return what the reporter's case code opened, or None."""
    way_in: WayIn | None = getattr(request, "way_in", None)
    return way_in


def for_members(page: Page) -> Page:
    """Hand the page its ``desk`` as second argument; whoever is not signed in goes to the sign-in page."""

    @wraps(page)
    def guarded(request: HttpRequest, *rest: object, **named: object) -> HttpResponseBase:
        desk = desk_of(request)
        if desk is None:
            return HttpResponseRedirect(SIGN_IN)
        return page(request, desk, *rest, **named)

    return guarded


def give(response: HttpResponseBase, cookie: str, secret: str, *, ends_at: datetime | None = None) -> None:
    """Set a cookie that no script, other site or plain HTTP sees. Without ``ends_at`` it goes with the browser."""
    response.set_cookie(
        cookie,
        secret,
        max_age=int((ends_at - clock.now()).total_seconds()) if ends_at else None,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax" if cookie in _FROM_OTHER_SITES else "Strict",
    )


def take_back(response: HttpResponseBase, cookie: str) -> None:
    """Make the browser forget a cookie."""
    response.set_cookie(cookie, "", max_age=0, path="/", secure=settings.HTTPS, httponly=True, samesite="Strict")


def here(request: HttpRequest) -> str:
    """Return this page's own address with its language, for forms that answer where they stand."""
    return f"{request.path}?{language.PARAMETER}={language.chosen(request)}"
