"""The door through an identity provider: going there, coming back, unlocking with six words, and linking oneself."""

from http import HTTPStatus

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.accounts import passkeys, services
from safeconduct.accounts.values import Desk, Introduction, MemberKind
from safeconduct.connectors import introductions
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.web import sessions
from safeconduct.web.entrance import browsers, door, journeys
from safeconduct.web.entrance.browsers import OUR_SCRIPT
from safeconduct.web.entrance.journeys import Purpose
from safeconduct.web.sessions import for_members


@require_GET
def go(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Lead somebody to a provider, to be introduced."""
    return _begun(request, provider, Purpose.SIGN_IN)


@require_GET
@for_members
def go_to_link(request: HttpRequest, desk: Desk, provider: str) -> HttpResponseBase:
    """Lead a member to a provider, to be linked to who they are there."""
    if desk.kind not in introductions.provider_for(provider).serves:
        raise NotAllowed
    return _begun(request, provider, Purpose.LINK)


def _begun(request: HttpRequest, provider: str, purpose: Purpose) -> HttpResponseBase:
    known = introductions.provider_for(provider)
    try:
        return journeys.begun(request, known, purpose)
    except (Unavailable, Refused):
        return door.shown(request, provider_away=known.name, status=HTTPStatus.SERVICE_UNAVAILABLE)


@require_GET
def introduced(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Take back a browser from a provider. One refusal for everything that can be wrong with what it brings."""
    known = introductions.provider_for(provider)
    try:
        response = _taken_back(request, known)
    except NotAllowed:
        response = door.shown(request, not_introduced=known.name, status=HTTPStatus.FORBIDDEN)
    except (Unavailable, Refused):
        response = door.shown(request, provider_away=known.name, status=HTTPStatus.SERVICE_UNAVAILABLE)
    sessions.take_back(response, sessions.JOURNEY_COOKIE)
    return response


def _taken_back(request: HttpRequest, known: introductions.IdentityProvider) -> HttpResponse:
    journey = journeys.ended(request, known)
    if journey is None:
        raise NotAllowed
    introduction = _introduction(known, known.introduced(journey[1], request.GET.dict()))
    if journey[0] is Purpose.SIGN_IN:
        made = services.greet(introduction)
        response: HttpResponse = HttpResponseRedirect(reverse("entrance:unlock"))
    else:
        # The desk's cookie does not come along from another site, so one press leads on to the page that has it.
        made = services.keep_introduction(introduction)
        response = render(request, "entrance/linking.html", {"provider": known.name})
    sessions.give(response, sessions.INTRODUCTION_COOKIE, made.cookie)
    return response


def _introduction(known: introductions.IdentityProvider, found: introductions.Introduced) -> Introduction:
    kinds = frozenset(MemberKind(kind) for kind in known.serves)
    return Introduction(known.id, found.issuer, found.subject, kinds, second_factor=found.second_factor)


@sensitive_post_parameters()
@csp_update(OUR_SCRIPT)
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Ask somebody introduced for their six words, and for a code where the provider showed no second factor."""
    cookie = request.COOKIES.get(sessions.INTRODUCTION_COOKIE, "")
    if request.method != "POST" or services.to_unlock(cookie) is None:
        return _lock(request, cookie)
    proof = browsers.answer_in(request) or request.POST.get("code", "")
    try:
        made = services.unlock(cookie, request.POST.get("words", ""), proof)
    except NotAllowed:
        return door.shown(request, not_unlocked=True, status=HTTPStatus.FORBIDDEN)
    except Unavailable:
        return _lock(request, cookie, busy=True, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = door.let_in(request, made)
    sessions.take_back(response, sessions.INTRODUCTION_COOKIE)
    return response


def _lock(request: HttpRequest, cookie: str, *, status: int = HTTPStatus.OK, busy: bool = False) -> HttpResponseBase:
    who = services.to_unlock(cookie)
    if who is None:
        return HttpResponseRedirect(sessions.SIGN_IN)
    challenge = browsers.challenge_for(request, passkeys.SIGN_IN) if who.needs_code else ""
    return render(request, "entrance/unlock.html", {"who": who, "challenge": challenge, "busy": busy}, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def link(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Ask for the six words once more; from then on this member comes in through the provider alone."""
    cookie = request.COOKIES.get(sessions.INTRODUCTION_COOKIE, "")
    found = services.introduction_in(cookie)
    if found is None:
        return HttpResponseRedirect(reverse("entrance:your-key"))
    if request.method != "POST":
        return _asked(request, found.provider)
    try:
        services.link_provider(cookie, passphrase=request.POST.get("words", ""), by=desk)
    except Refused as fault:
        return _asked(request, found.provider, refused=fault.code, status=HTTPStatus.CONFLICT)
    response = HttpResponseRedirect(reverse("entrance:your-key"))
    sessions.take_back(response, sessions.INTRODUCTION_COOKIE)
    return response


def _asked(request: HttpRequest, provider: str, *, status: int = HTTPStatus.OK, refused: str = "") -> HttpResponse:
    name = introductions.provider_for(provider).name
    return render(request, "entrance/link.html", {"provider": name, "refused": refused}, status=status)
