"""Where the visitor's browser stands, and what binds a passkey's challenge to it."""

import ipaddress

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token

from safeconduct.accounts import passkeys
from safeconduct.accounts.passkeys import PasskeyAnswer, Site

OUR_SCRIPT = {"script-src": [SELF]}  # one small file of ours; the pages do without it, and then codes are the way


def site_of(request: HttpRequest) -> Site | None:
    """Return where the visitor's browser is, or None where passkeys cannot be used.

    Only a host named in the settings counts, letter for letter: a pattern would let a look-alike relay answers.
    Browsers take no bare number for a site.
    """
    told = request.get_host()
    host = told.rpartition(":")[0] if told.rpartition(":")[2].isdecimal() else told
    if host not in settings.ALLOWED_HOSTS or _is_number(host):
        return None
    return Site(host, f"{'https' if settings.HTTPS else 'http'}://{told}")


def challenge_for(request: HttpRequest, purpose: str) -> str:
    """Return a new challenge bound to this browser, or nothing where passkeys cannot be used."""
    return passkeys.new_challenge(purpose, browser_of(request)) if site_of(request) else ""


def browser_of(request: HttpRequest) -> str:
    """Return what tells this browser from others: the secret that its forms carry."""
    if "CSRF_COOKIE" not in request.META:
        # Only then: a flood of wrong log-ins comes by here, and making a token is dear.
        get_token(request)
    return str(request.META["CSRF_COOKIE"])


def answer_in(request: HttpRequest) -> PasskeyAnswer | None:
    """Return the passkey's answer that came with a form, if there is one."""
    text, site = request.POST.get("passkey", ""), site_of(request)
    return PasskeyAnswer(text, site, browser_of(request)) if text and site else None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
