"""Lets no page hang on a platform: all that one request asks of platforms ends in time, and is said to be silent."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from safeconduct.connectors import patience


class PatienceMiddleware:
    """Gives each request a time in which platforms must have answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers the request."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within it."""
        with patience.within(patience.PAGE_SECONDS):
            return self._get_response(request)
