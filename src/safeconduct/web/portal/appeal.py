"""Disagreeing with a decision: from one's own case, or with the code on a statement of reasons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from safeconduct.accounts.values import WayIn
from safeconduct.domains.cases import door
from safeconduct.domains.cases.door import Lane
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Asks, Urgency
from safeconduct.domains.remedy.values import Plea
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, ReporterKey
from safeconduct.web import nonces, uploads
from safeconduct.web.named import form_key, id_in
from safeconduct.web.outcomes import CONCLUSIONS, URGENCY
from safeconduct.web.portal import conversation, drawing
from safeconduct.web.recourse import next_steps
from safeconduct.web.refusals import words_for

LINES = ("line1", "line2", "line3")


def ask(request: HttpRequest) -> HttpResponse:
    """Ask what was decided wrongly."""
    return _form(request)


def send(request: HttpRequest) -> HttpResponse:
    """File the appeal of a reporter. The same form sent twice is one appeal."""
    open_way = conversation.way_in(request)
    try:
        services.appeal_as_reporter(open_way.holder_id, _plea(request), ring=open_way.ring, key=_key_of(open_way))
    except (Refused, Unavailable) as refusal:
        return _form(request, fault=words_for(refusal))
    return conversation.back(request)


def add(request: HttpRequest) -> HttpResponse:
    """Add a message with its pictures to an appeal, from the case or from the appeal's own page."""
    open_way, text, arrived = conversation.way_in(request), request.POST.get("text", ""), uploads.arrived(request)
    if arrived.refused:
        return _again(request, text, " ".join(one.sentence for one in arrived.refused))
    try:
        services.write_as_appellant(
            id_in(request, "appeal"), text, ring=open_way.ring, key=form_key(request), files=arrived.files
        )
    except (Refused, Unavailable) as refusal:
        return _again(request, text, words_for(refusal))
    uploads.hand_over(request, arrived.files)
    return conversation.back(request)


def show(request: HttpRequest, *, unsent: str = "", fault: str = "") -> HttpResponse:
    """Show the appeal that a code of its own opened, and nothing of any case."""
    open_way = conversation.way_in(request)
    context = {
        "appeal": queries.appeal_for(open_way.holder_id, open_way.ring),
        "unsent": unsent,
        "fault": fault,
        "key": new_id(),
        "conclusions": CONCLUSIONS,
        "next_steps": next_steps(),
    }
    return drawing.page(request, "portal/appeal.html", context)


def statement(request: HttpRequest, code: CaseCode, *, fault: str = "") -> HttpResponse:
    """Show the reasons that a code opens, with the form to appeal. There is no cookie: the form carries the code."""
    view = services.open_statement(code)
    context = {
        "statement": view,
        "lines": code.lines,
        "nonce": request.POST.get("nonce") or nonces.written(nonces.fresh()),
        "contests": request.POST.get("contests") == "yes",
        "next_steps": next_steps(),
        **_form_context(request, view.asks, fault),
    }
    return drawing.page(request, "portal/statement.html", context)


def send_with_code(request: HttpRequest) -> HttpResponse:
    """File the appeal of the person acted on, and show the code that opens it from now on."""
    code = CaseCode.parse([request.POST.get(name, "") for name in LINES])
    try:
        with door.turn(Lane.RETURNING):
            receipt = services.appeal_as_acted_on(
                code, _plea(request), nonce=nonces.read_or_fresh(request.POST.get("nonce", ""))
            )
    except (Refused, Unavailable) as refusal:
        return statement(request, code, fault=words_for(refusal))
    if receipt.code is None:
        raise NotAllowed
    shown = {"receipt": receipt, "lines": drawing.spelled(receipt.code.lines)}
    return drawing.page(request, "portal/appeal_code.html", shown)


def is_of_an_appeal(open_way: WayIn | None) -> bool:
    """Answer whether a way in leads to an appeal of a person acted on."""
    return open_way is not None and queries.is_appeal(open_way.holder_id)


def _form(request: HttpRequest, *, fault: str = "") -> HttpResponse:
    open_way = conversation.way_in(request)
    recourse = queries.recourse_for(open_way.holder_id, open_way.ring)
    context = {"until": recourse.until, "next_steps": next_steps(), **_form_context(request, recourse.asks, fault)}
    return drawing.page(request, "portal/disagree.html", context)


def _form_context(request: HttpRequest, asks: Asks, fault: str) -> dict[str, Any]:
    kept = {name: request.POST.get(name, "") for name in ("words", "new_evidence")}
    return {
        "asks": asks.value,
        "kept": kept | {"urgency": request.POST.get("urgency", Urgency.NONE.value)},
        "urgency": URGENCY,
        "fault": fault,
        "key": form_key(request),
        "now": clock.this_minute(),
    }


def _again(request: HttpRequest, text: str, fault: str) -> HttpResponse:
    page = show if is_of_an_appeal(conversation.way_in(request)) else conversation.show
    return page(request, unsent=text, fault=fault)


def _plea(request: HttpRequest) -> Plea:
    urgency = request.POST.get("urgency", "")
    return Plea(
        words=request.POST.get("words", ""),
        key=form_key(request),
        new_evidence=request.POST.get("new_evidence", ""),
        urgency=Urgency(urgency) if urgency in set(Urgency) else Urgency.NONE,
        language=translation.get_language() or "en",
        contests=request.POST.get("contests") == "yes",
    )


def _key_of(open_way: WayIn) -> ReporterKey:
    (recipient_id,) = open_way.ring.recipient_ids
    return ReporterKey(recipient_id, open_way.secret)
