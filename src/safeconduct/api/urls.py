"""Addresses of HTTP v1, below ``/api/v1/``."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt

from safeconduct.api import problems
from safeconduct.api.service import api

View = Callable[..., HttpResponseBase]


def _explained(view: View) -> View:
    """Answer a wrong method as a problem too: ninja has no place to say so."""

    @wraps(view)
    def explained(request: HttpRequest, *rest: object, **named: object) -> HttpResponseBase:
        response = view(request, *rest, **named)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return problems.not_this_way(response.headers["Allow"])
        return response

    return explained


def _patterns() -> list[URLPattern | URLResolver]:
    patterns = [pattern for pattern in api.urls[0] if getattr(pattern, "name", "") != "api-root"]
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _explained(pattern.callback)
    # A stranger's program must never be handed a page for people.
    return [*patterns, re_path("", csrf_exempt(problems.nothing_here))]


urlpatterns = _patterns()
