"""The case code: shown once, entered line by line, the mistyped line named."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from safeconduct.domains.cases.services import conversation
from safeconduct.domains.cases.values import Receipt
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault.casecode import CaseCode, WrongLine
from safeconduct.web import sessions
from safeconduct.web.portal import drawing

LINES = ("line1", "line2", "line3")


def receipt_page(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Show the code of a report that is already stored."""
    lines = [{"text": line, "spelled": _spelled(line)} for line in receipt.code.lines]
    return drawing.page(request, "portal/code.html", {"receipt": receipt, "lines": lines})


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the three lines."""
    return _entry(request)


def enter(request: HttpRequest) -> HttpResponse:
    """Open the conversation, and with it the first cookie; or say which line does not fit."""
    try:
        case_code = CaseCode.parse("\n".join(_typed(request)))
        secret = conversation.enter(case_code)
    except WrongLine as wrong:
        return _entry(request, wrong_line=wrong.number)
    except NotAllowed:
        return _entry(request, unknown=True)
    return _let_in(request, secret)


def _let_in(request: HttpRequest, secret: str) -> HttpResponse:
    # A redirect, so that loading the page again does not send the digits again.
    response = HttpResponseRedirect(sessions.here(request), status=303)
    sessions.give(response, sessions.WAY_COOKIE, secret)
    return response


def _typed(request: HttpRequest) -> list[str]:
    return [request.POST.get(name, "") for name in LINES]


def _entry(request: HttpRequest, *, wrong_line: int = 0, unknown: bool = False) -> HttpResponse:
    fields = [
        {"name": name, "number": number, "value": value, "wrong": number == wrong_line}
        for number, (name, value) in enumerate(zip(LINES, _typed(request), strict=True), start=1)
    ]
    context = {"fields": fields, "wrong_line": wrong_line, "unknown": unknown, "unsent": request.POST.get("unsent", "")}
    return drawing.page(request, "portal/enter.html", context)


def _spelled(line: str) -> str:
    # Read aloud one by one: a screen reader would otherwise say "four hundred and twelve".
    return ", ".join(" ".join(group) for group in line.split())
