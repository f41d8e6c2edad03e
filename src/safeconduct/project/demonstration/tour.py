"""The pages of the tour: five minutes through the whole road, by buttons, on this machine only."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.project.demonstration import memory, theft
from safeconduct.project.demonstration.people import BY_NAME
from safeconduct.project.demonstration.places import Places
from safeconduct.project.demonstration.state import platform_address
from safeconduct.project.demonstration.stops import LOOKED_AT, places
from safeconduct.web import sessions

STOLEN_TABLES = (
    "cases_report",
    "cases_case",
    "cases_message",
    "cases_attachment",
    "vault_wrap",
    "safety_act",
    "audit_entry",
)
LONGEST_PHRASE = 200
# Shorter ones stand in any random bytes by chance, and would say nothing about what is sealed.
SHORTEST_PHRASE = 4
# What this browser has looked at on the tour, so that returning keeps one's place. It holds no secret.
SEEN_COOKIE = "tour"

Page = Callable[..., HttpResponse]


def on_this_machine(page: Page) -> Page:
    """Show the page to this machine only. The server listens on loopback; this holds even behind a proxy by mistake."""

    @wraps(page)
    def guarded(request: HttpRequest, *rest: object, **named: object) -> HttpResponse:
        forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
        if forwarded or not str(request.META.get("REMOTE_ADDR", "")).startswith("127."):
            raise Http404
        return page(request, *rest, **named)

    return never_cache(guarded)


@require_GET
@on_this_machine
def steps(request: HttpRequest) -> HttpResponse:
    """Show the stops, and at which the visitor is."""
    stops = places(_seen(request))
    context = {
        "places": stops,
        "done": sum(place.standing == "done" for place in stops),
        "now_at": next((place.stop for place in stops if place.standing == "now"), None),
        "folder": _places().data.name,
        "platform": platform_address(),
        "on_tour": True,
        "custodians": [(name, one.person.display_name) for name, one in BY_NAME.items() if one.is_custodian],
    }
    return render(request, "tour/steps.html", context)


@require_POST
@on_this_machine
def become(request: HttpRequest, who: str) -> HttpResponse:
    """Sign in as one of the cast, and go where that person would."""
    person = memory.recall(_places().people, who)
    if person is None or who not in BY_NAME:
        raise Http404
    session = memory.sign_in(person)
    desk = accounts.session_from(session.cookie)
    assert isinstance(desk, Desk), "the session was opened just now"
    early_warning.wake(desk)
    answer = HttpResponseRedirect(_first_page(desk, to=request.POST.get("to", "")))
    sessions.give(answer, sessions.DESK_COOKIE, session.cookie, ends_at=session.ends_at)
    return answer


def _first_page(desk: Desk, *, to: str) -> str:
    if desk.may(Role.PARTNER):
        filed = cases.reports_for_partner(desk.ring, 1)
        return f"/partner/report/{filed[0].report_id}" if filed else "/partner/file"
    if desk.may(Role.CUSTODIAN):
        return "/console/identities"
    taken = cases.queue_for(desk, "mine", 1) if to == "secure" else []
    return f"/console/cases/{taken[0].case_id}#accounts" if taken else "/console/"


@require_GET
@on_this_machine
def watch(request: HttpRequest) -> HttpResponse:
    """Go to the simulated platform's own page of the account."""
    return _keep_place(request, HttpResponseRedirect(f"{platform_address()}/account/amina"), "watch")


@require_http_methods(["GET", "POST"])
@on_this_machine
def stolen(request: HttpRequest) -> HttpResponse:
    """Show the newest rows as a thief would see them, and search the folder's bytes for a phrase."""
    places = _places()
    phrase = request.POST.get("phrase", "").strip()[:LONGEST_PHRASE]
    too_short = request.method == "POST" and len(phrase) < SHORTEST_PHRASE
    searched = phrase and not too_short
    found = {
        "loot": theft.loot(places.data),
        "rows": theft.newest_rows(places.database, STOLEN_TABLES),
        "phrase": phrase,
        "too_short": too_short,
        "search": theft.search_apart(places.data, phrase) if searched else None,
        "control": theft.search_apart(places.data, "CREATE TABLE") if searched else None,
    }
    return _keep_place(request, render(request, "tour/theft.html", found), "steal")


@require_GET
@on_this_machine
def carried_away(_request: HttpRequest) -> HttpResponse:
    """Hand over the whole data folder."""
    answer = HttpResponse(theft.archive_apart(_places().data), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="everything.zip"'
    return answer


@require_GET
@on_this_machine
def connect(request: HttpRequest) -> HttpResponse:
    """Say how a platform of one's own is connected, and tested."""
    keys = _places().data / "keys"
    shown = {"platform": platform_address(), "key": keys / "connector.pem", "platform_key": keys / "juniper-square.pem"}
    return _keep_place(request, render(request, "tour/connect.html", shown), "connect")


def _seen(request: HttpRequest) -> frozenset[str]:
    return LOOKED_AT & frozenset(request.COOKIES.get(SEEN_COOKIE, "").split("."))


def _keep_place(request: HttpRequest, answer: HttpResponse, word: str) -> HttpResponse:
    seen = ".".join(sorted(_seen(request) | {word}))
    answer.set_cookie(SEEN_COOKIE, seen, path="/tour/", httponly=True, samesite="Strict")
    return answer


def _places() -> Places:
    return Places(settings.DATA)
