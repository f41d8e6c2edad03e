"""The pages of the tour: five minutes through the whole road, by buttons, on this machine only."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.project.demonstration import memory, theft
from safeconduct.project.demonstration.people import BY_NAME
from safeconduct.project.demonstration.places import Places
from safeconduct.project.demonstration.state import platform_address
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

Page = Callable[..., HttpResponse]


def on_this_machine(page: Page) -> Page:
    """Show the page to this machine only. The server listens on loopback; this holds even behind a proxy by mistake."""

    @wraps(page)
    def guarded(request: HttpRequest, *rest: object, **named: object) -> HttpResponse:
        forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
        if forwarded or not str(request.META.get("REMOTE_ADDR", "")).startswith("127."):
            raise Http404
        # The tour is for engineers and is written in English only, so it is drawn in English for everyone.
        with translation.override("en"):
            return page(request, *rest, **named)

    return never_cache(guarded)


@require_GET
@on_this_machine
def steps(request: HttpRequest) -> HttpResponse:
    """Show the tour's steps."""
    return render(request, "tour/steps.html", {"platform": platform_address()})


@require_POST
@on_this_machine
def become(_request: HttpRequest, who: str) -> HttpResponse:
    """Sign in as one of the cast, and go where that person would."""
    person = memory.recall(_places().people, who)
    if person is None or who not in BY_NAME:
        raise Http404
    session = memory.sign_in(person)
    answer = HttpResponseRedirect("/partner/" if BY_NAME[who].partner else "/console/")
    sessions.give(answer, sessions.DESK_COOKIE, session.cookie, ends_at=session.ends_at)
    return answer


@require_http_methods(["GET", "POST"])
@on_this_machine
def stolen(request: HttpRequest) -> HttpResponse:
    """Show the newest rows as a thief would see them, and search the folder's bytes for a phrase."""
    places = _places()
    phrase = request.POST.get("phrase", "").strip()[:LONGEST_PHRASE]
    found = {
        "rows": theft.newest_rows(places.database, STOLEN_TABLES),
        "phrase": phrase,
        "search": theft.search_apart(places.data, phrase) if phrase else None,
        "control": theft.search_apart(places.data, "CREATE TABLE") if phrase else None,
    }
    return render(request, "tour/theft.html", found)


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
    return render(request, "tour/connect.html", shown)


def _places() -> Places:
    return Places(settings.DATA)
