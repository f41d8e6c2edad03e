"""Signing in and out. One page, three fields, one refusal."""

from functools import partial
from http import HTTPStatus

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.accounts import following, passkeys, services
from safeconduct.accounts.values import Desk, NewSession, Role
from safeconduct.connectors.introductions import providers
from safeconduct.domains.cases.services import indexing
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.web import sessions
from safeconduct.web.entrance import browsers
from safeconduct.web.entrance.browsers import OUR_SCRIPT
from safeconduct.web.entrance.refusal import PAGE, refusal

YOUR_KEY = "/your-key"
APPEALS = "/console/appeals"
AT_THE_CONSOLE = frozenset({Role.RESPONDER, Role.LEAD})


@sensitive_post_parameters()
@csp_update(OUR_SCRIPT)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Show the three fields, or let in whoever fills them rightly; a passkey's answer stands for the third."""
    if request.method != "POST":
        return shown(request)
    name = request.POST.get("name", "")
    try:
        proof = browsers.answer_in(request) or request.POST.get("code", "")
        made = services.sign_in(name, request.POST.get("words", ""), proof)
    except NotAllowed:
        return _refused(request, name)
    except Unavailable:
        return shown(request, busy=True, name=name, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return let_in(request, made)


def shown(request: HttpRequest, *, status: int = HTTPStatus.OK, **said: object) -> HttpResponse:
    """Draw the page, with whatever is to be said on it."""
    said |= {"challenge": browsers.challenge_for(request, passkeys.SIGN_IN), "providers": providers()}
    return render(request, PAGE, said, status=status)


def _refused(request: HttpRequest, name: str) -> HttpResponse:
    if sessions.desk_of(request) is not None:
        return shown(request, wrong=True, name=name, status=HTTPStatus.FORBIDDEN)
    return refusal(request, name, translation.get_language() or "")


def let_in(request: HttpRequest, made: NewSession) -> HttpResponse:
    """Give the browser its session and lead it to where the work is."""
    rotate_token(request)
    desk = services.session_from(made.cookie)
    response = HttpResponseRedirect(_begin(desk) if isinstance(desk, Desk) else sessions.SIGN_IN)
    sessions.give(response, sessions.DESK_COOKIE, made.cookie)
    return response


def _begin(desk: Desk) -> str:
    """Let colleagues whose keys changed read again what this member can open, wake what waits, and say where to go."""
    following.follow(desk)
    # Nothing that waits here may shut the door to somebody who proved who they are.
    following.attempted("index", partial(early_warning.wake, desk))
    if desk.roles & AT_THE_CONSOLE:
        following.attempted("index", partial(indexing.index_at_sign_in, desk))
    return first_page(desk)


def first_page(desk: Desk) -> str:
    """Return where someone's work is. Whoever waits for custodians, or is one, sees their own key."""
    if desk.may(Role.PARTNER):
        return "/partner/"
    if desk.roles & AT_THE_CONSOLE:
        return "/console/"
    return APPEALS if desk.may(Role.APPEAL_REVIEWER) else YOUR_KEY


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on both sides."""
    if cookie := request.COOKIES.get(sessions.DESK_COOKIE):
        services.end_session(cookie)
    response = HttpResponseRedirect(sessions.SIGN_IN)
    sessions.take_back(response, sessions.DESK_COOKIE)
    # The browser also forgets what it kept of our pages, for whoever sits down next.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
