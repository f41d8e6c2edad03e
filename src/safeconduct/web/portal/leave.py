"""Leaving at once: what this site stored is cleared, the conversation is shut, and the browser goes on elsewhere."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.accounts import services as accounts
from safeconduct.web import elsewhere, sessions

# Our own plain page, for an operator who has named no other.
PLAIN = "/leave/weather"


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Clear everything and go on. A plain link, because it must work before anything else does."""
    secret = request.COOKIES.get(sessions.WAY_COOKIE)
    if secret:
        accounts.end_session(secret)
    response = HttpResponseRedirect(settings.LEAVE_TO or PLAIN, status=303)
    if not elsewhere.led_from_elsewhere(request):
        # Another site could otherwise sign out whoever works here, by a picture that has this address.
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    # For browsers that do not know that header.
    sessions.take_back(response, sessions.WAY_COOKIE)
    sessions.take_back(response, settings.CSRF_COOKIE_NAME)
    return response


@require_safe
def weather(request: HttpRequest) -> HttpResponse:
    """Show a page that says nothing of where it came from."""
    return render(request, "portal/weather.html")
