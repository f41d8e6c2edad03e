"""The page that whoever gives a wrong part sees: drawn once for each language, then only filled in.

In a flood of wrong log-ins drawing it was a third of the work, and that work is taken from reporters.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape

from safeconduct.accounts import passkeys
from safeconduct.connectors.introductions import providers
from safeconduct.web.entrance import browsers

PAGE = "entrance/sign_in.html"
_NAME, _TOKEN, _CHALLENGE = "the-name-as-typed", "the-token-of-this-form", "the-challenge-of-this-form"
_drawn: dict[tuple[str, bool, tuple[str, ...]], str] = {}


class Refusal(HttpResponse):
    """The filled-in page. Of two in one language, only what was typed, the token and the challenge differ."""


def refusal(request: HttpRequest, name: str, language: str) -> Refusal:
    """Return the sign-in page with the refusal on it and the name as typed, for whoever is not signed in."""
    challenge = browsers.challenge_for(request, passkeys.SIGN_IN)
    key = (language, bool(challenge), tuple(each.id for each in providers()))
    if key not in _drawn:
        blank = {"wrong": True, "name": _NAME, "csrf_token": _TOKEN, "providers": providers()}
        blank |= {"challenge": challenge and _CHALLENGE}
        _drawn[key] = render_to_string(PAGE, blank, request)
    # The name last: whoever types the mark of the token as a name gets it back as typed.
    page = _drawn[key].replace(_TOKEN, get_token(request)).replace(_CHALLENGE, challenge).replace(_NAME, escape(name))
    return Refusal(page, status=HTTPStatus.FORBIDDEN)
