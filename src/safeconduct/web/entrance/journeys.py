"""One browser's way to an identity provider and back: everything follows from one cookie, and nothing is kept here."""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from safeconduct.connectors.introductions import IdentityProvider, Journey
from safeconduct.domains.cases.door import place_of
from safeconduct.vault.labels import derived
from safeconduct.web import sessions
from safeconduct.web.privacy import doorstep

COOKIE_BYTES = 32


class Purpose(StrEnum):
    """Why somebody goes to a provider."""

    SIGN_IN = "sign in"
    LINK = "link"


def begun(request: HttpRequest, provider: IdentityProvider, purpose: Purpose) -> HttpResponseRedirect:
    """Send a browser on its way. A link does it, because a form may not lead to another site."""
    secret = secrets.token_bytes(COOKIE_BYTES)
    response = HttpResponseRedirect(provider.way_there(_journey(request, provider, secret, purpose)))
    sessions.give(response, sessions.JOURNEY_COOKIE, urlsafe_b64encode(secret).decode())
    return response


def ended(request: HttpRequest, provider: IdentityProvider) -> tuple[Purpose, Journey] | None:
    """Return which journey this browser comes back from, or None where it began none with this provider."""
    secret, told = _secret(request), request.GET.get("state", "")
    journeys = {each: _journey(request, provider, secret, each) for each in Purpose} if secret else {}
    found = (item for item in journeys.items() if secrets.compare_digest(item[1].state.encode(), told.encode()))
    return next(found, None)


def _journey(request: HttpRequest, provider: IdentityProvider, secret: bytes, purpose: Purpose) -> Journey:
    back = request.build_absolute_uri(reverse("entrance:introduced", args=[provider.id]))
    state, nonce, verifier = (
        urlsafe_b64encode(derived(secret, f"entrance: {part}", provider.id, purpose.value)).decode().rstrip("=")
        for part in ("state", "nonce", "verifier")
    )
    return Journey(back, state=state, nonce=nonce, verifier=verifier, place=place_of(doorstep(request)))


def _secret(request: HttpRequest) -> bytes:
    try:
        held = urlsafe_b64decode(request.COOKIES.get(sessions.JOURNEY_COOKIE, "").encode())
    except (binascii.Error, ValueError):
        return b""
    return held if len(held) == COOKIE_BYTES else b""
