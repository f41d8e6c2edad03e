"""What every page knows: its language, who runs the service, and whether all of it is simulated."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from safeconduct.accounts.values import Desk, Role
from safeconduct.kernel import called, clock
from safeconduct.web import language

# Written out, because a process that serves only staff pages has no such route and its error pages still lead there.
START, LEAVE, QUEUE = "/help", "/leave", "/console/"


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the values that base templates need."""
    now = translation.get_language() or settings.LANGUAGE_CODE
    named = settings.OPERATOR_NAME
    return {
        "language": now,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "languages": [_in_its_own_words(code) for code in language.offered()],
        "drafted": now in MACHINE_DRAFTED,
        "demonstration": settings.DEMONSTRATION,
        "operator": named or "Safeconduct",
        # To a reporter our own name is never shown: it would read as a guarantee.
        "operator_name": named or _("this service"),
        "start": _start(now),
        "leave": LEAVE,
        "queue": QUEUE,
        "now": clock.this_minute(),
        "command": called.name(),
        "desk": getattr(request, "desk", None),
        "is_lead": _is_lead(request),
        "scripted": getattr(request, "scripted", False),
    }


def _is_lead(request: HttpRequest) -> bool:
    desk: Desk | None = getattr(request, "desk", None)
    return desk is not None and desk.may(Role.LEAD)


# Nobody who speaks the language has checked these yet; the foot of each page says so.
MACHINE_DRAFTED = frozenset({"ar"})


def _in_its_own_words(code: str) -> dict[str, str]:
    known = translation.get_language_info(code)
    direction = "rtl" if known["bidi"] else "ltr"
    return {"code": code, "name": known["name_local"], "direction": direction, "start": _start(code)}


def _start(code: str) -> str:
    return f"{START}?{language.PARAMETER}={code}"
