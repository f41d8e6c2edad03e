"""The conversation: where things stand, what was written, what was done, what was decided, and who can read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import WayIn
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Danger
from safeconduct.domains.cases.services import conversation
from safeconduct.domains.cases.views import ConversationView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.web import recourse, sessions, uploads
from safeconduct.web.named import form_key, id_in
from safeconduct.web.outcomes import REASONS
from safeconduct.web.portal import drawing, words
from safeconduct.web.portal.letters import letters_of
from safeconduct.web.portal.start import OPEN_TO_REPORTERS
from safeconduct.web.portal.way import way_of
from safeconduct.web.refusals import words_for

BETTER: Mapping[str, Literal["yes", "some", "no"]] = {"yes": "yes", "some": "some", "no": "no"}


def show(request: HttpRequest, *, unsent: str = "", fault: str = "") -> HttpResponse:
    """Show everything, with what was typed and not yet sent still in its field."""
    return draw(request, way_in(request), unsent=unsent, fault=fault)


def say(request: HttpRequest) -> HttpResponse:
    """Send a message with its pictures. The same form sent twice is one message."""
    open_way, text, danger = way_in(request), request.POST.get("text", ""), _danger(request)
    arrived = uploads.arrived(request)
    if arrived.refused:
        return show(request, unsent=text, fault=" ".join(one.sentence for one in arrived.refused))
    if not text.strip() and not arrived.files and danger is None:
        return show(request, fault=_("There is nothing to send yet. Write something, or add a picture."))
    try:
        conversation.say(
            open_way.holder_id,
            text if text.strip() or danger is None else _("Someone is in danger now"),
            files=arrived.files,
            ring=open_way.ring,
            by=open_way.ring.actor,
            key=form_key(request),
            danger=danger,
        )
    except (Refused, Unavailable) as refusal:
        return show(request, unsent=text, fault=words_for(refusal))
    uploads.hand_over(request, arrived.files)
    return back(request)


def forget(request: HttpRequest) -> HttpResponse:
    """Delete one message."""
    open_way = way_in(request)
    try:
        conversation.forget(id_in(request, "message"), ring=open_way.ring, by=open_way.ring.actor)
    except Refused as refusal:
        return show(request, fault=words_for(refusal))
    return back(request)


def give_feedback(request: HttpRequest) -> HttpResponse:
    """Keep the answer to whether it helped."""
    open_way, better = way_in(request), BETTER.get(request.POST.get("better", ""))
    if better is not None:
        said = request.POST.get("words", "")
        conversation.give_feedback(open_way.holder_id, better, said, ring=open_way.ring, by=open_way.ring.actor)
    return back(request)


def shut(request: HttpRequest) -> HttpResponse:
    """Shut the conversation on this screen; the digits open it again."""
    accounts.end_session(request.COOKIES.get(sessions.WAY_COOKIE, ""))
    return _without_cookie(back(request))


def ask_to_close(request: HttpRequest) -> HttpResponse:
    """Say what closing for good means, before it is done."""
    return drawing.page(request, "portal/close.html", {"view": view_of(way_in(request))})


def close_for_good(request: HttpRequest) -> HttpResponse:
    """Make the digits open nothing from now on."""
    open_way = way_in(request)
    conversation.close_the_way_in(open_way.holder_id, ring=open_way.ring, by=open_way.ring.actor)
    return _without_cookie(drawing.page(request, "portal/closed.html", {}))


def let_in(request: HttpRequest, secret: str, *, unsent: str) -> HttpResponse:
    """Show the conversation that a code has just opened, with what was typed before it was asked for again."""
    opened = accounts.session_from(secret)
    if not isinstance(opened, WayIn):
        raise NotAllowed
    return draw(request, opened, unsent=unsent)


def draw(
    request: HttpRequest,
    open_way: WayIn,
    *,
    unsent: str = "",
    fault: str = "",
    looking: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw the conversation of one way in. ``looking`` is the one picture that stands open on this page."""
    view = view_of(open_way)
    context: dict[str, Any] = {
        "view": view,
        "letters": letters_of(view),
        "late": _late(view),
        "unsent": unsent,
        "fault": fault,
        "key": new_id(),
        "reason": REASONS.get(view.decision.reason, "") if view.decision else "",
        "earlier": [(REASONS.get(each.reason, ""), each) for each in reversed(view.earlier)],
        "way": way_of(view),
        "may_begin": view.closed and cases.channel_mode() in OPEN_TO_REPORTERS,
        "better": words.BETTER,
        "kept": {},
        "looking": looking,
        **recourse.in_a_case(open_way.holder_id, open_way.ring),
    }
    return drawing.page(request, "portal/conversation.html", context)


def way_in(request: HttpRequest) -> WayIn:
    """Return the reporter's way in; pages that ask are reached only with one."""
    found = sessions.way_in_of(request)
    if found is None:
        raise NotAllowed
    return found


def view_of(open_way: WayIn) -> ConversationView:
    """Return the conversation behind a way in."""
    return cases.conversation_for(open_way.holder_id, open_way.ring)


def back(request: HttpRequest) -> HttpResponse:
    """Go to the conversation by a redirect, so that loading the page again repeats nothing."""
    return HttpResponseRedirect(sessions.here(request), status=303)


def _late(view: ConversationView) -> datetime | None:
    due = view.answer_due
    return due if due is not None and due < clock.now() else None


def _danger(request: HttpRequest) -> Danger | None:
    return Danger.NOW if request.POST.get("danger") == Danger.NOW.value else None


def _without_cookie(response: HttpResponse) -> HttpResponse:
    sessions.take_back(response, sessions.WAY_COOKIE)
    sessions.take_back(response, settings.CSRF_COOKIE_NAME)
    return response
