"""The case code: shown once, entered line by line, the mistyped line named."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from safeconduct.accounts import services as accounts
from safeconduct.domains.cases import door
from safeconduct.domains.cases.door import Lane
from safeconduct.domains.cases.services import conversation
from safeconduct.domains.cases.values import Receipt
from safeconduct.domains.remedy import services as remedy
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.vault.casecode import CaseCode, WrongLine
from safeconduct.web import sessions
from safeconduct.web.portal import appeal, drawing, protection
from safeconduct.web.portal.conversation import back, let_in
from safeconduct.web.refusals import words_for

LINES = ("line1", "line2", "line3")


def receipt_page(request: HttpRequest, receipt: Receipt, *, protect: Mapping[str, str] | None = None) -> HttpResponse:
    """Show the code of a report that is already stored.

    ``protect`` is what a protection form would ask and the report has answered already; the way on then leads there.
    """
    context = {
        "receipt": receipt,
        "lines": drawing.spelled(receipt.code.lines),
        "within": receipt.reply_due - clock.this_minute() if receipt.first else None,
        "protect": protect,
    }
    return drawing.page(request, "portal/code.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the three lines."""
    return _entry(request)


def enter(request: HttpRequest) -> HttpResponse:
    """Open the conversation, and with it the first cookie; or say which line does not fit."""
    try:
        code = CaseCode.parse(_one_or_three(_typed(request)))
        with door.turn(Lane.RETURNING):
            return _opened(request, code)
    except WrongLine as wrong:
        return _entry(request, wrong_line=wrong.number)
    except NotAllowed:
        return _entry(request, unknown=True)
    except Unavailable as full:
        return _entry(request, fault=words_for(full))


def _opened(request: HttpRequest, code: CaseCode) -> HttpResponse:
    """Open what a code belongs to: a case, else an appeal, else a statement of reasons."""
    try:
        secret = conversation.enter(code)
    except NotAllowed:
        return _opened_appeal(request, code)
    return _let_in(request, secret)


def _opened_appeal(request: HttpRequest, code: CaseCode) -> HttpResponse:
    try:
        secret = remedy.enter(code)
    except NotAllowed:
        return appeal.statement(request, code)
    return _with_way(request, secret, back(request))


def lapsed(request: HttpRequest) -> HttpResponse:
    """Ask for the digits again after a pause, and keep what was just typed."""
    return _entry(request, has_lapsed=True)


def _let_in(request: HttpRequest, secret: str) -> HttpResponse:
    unsent = request.POST.get("unsent", "")
    if request.POST.get("then") == "cost":
        return _with_way(request, secret, _at_the_cost(request, secret))
    # A redirect, so that loading the page again does not send the digits again; unless there are words to keep.
    response = let_in(request, secret, unsent=unsent) if unsent else back(request)
    return _with_way(request, secret, response)


def _at_the_cost(request: HttpRequest, secret: str) -> HttpResponse:
    vars(request)["way_in"] = accounts.session_from(secret)
    return protection.show_cost(request)


def _with_way(request: HttpRequest, secret: str, response: HttpResponse) -> HttpResponse:
    accounts.end_session(request.COOKIES.get(sessions.WAY_COOKIE, ""))
    sessions.give(response, sessions.WAY_COOKIE, secret)
    return response


def _typed(request: HttpRequest) -> list[str]:
    return [request.POST.get(name, "") for name in LINES]


def _one_or_three(lines: list[str]) -> str | list[str]:
    # All thirty digits may have been put into one field.
    filled = [line for line in lines if line.strip()]
    return filled[0] if len(filled) == 1 else lines


def _entry(
    request: HttpRequest, *, wrong_line: int = 0, unknown: bool = False, has_lapsed: bool = False, fault: str = ""
) -> HttpResponse:
    fields = [
        {"name": name, "number": number, "value": value, "wrong": number == wrong_line}
        for number, (name, value) in enumerate(zip(LINES, _typed(request), strict=True), start=1)
    ]
    context = {
        "fields": fields,
        "wrong_line": wrong_line,
        "unknown": unknown,
        "lapsed": has_lapsed,
        "fault": fault,
        "unsent": request.POST.get("unsent") or request.POST.get("text", ""),
    }
    return drawing.page(request, "portal/enter.html", context)
