"""The first page: what can be had here, who answers and how soon, and what this is not."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.queries.keeping import periods
from safeconduct.domains.cases.rules import LIMITS, Mode, Severity
from safeconduct.domains.partners import queries as partners
from safeconduct.domains.remedy.operator import StepKind
from safeconduct.web import recourse
from safeconduct.web.portal import drawing
from safeconduct.web.portal.service import service

OPEN_TO_REPORTERS = frozenset({Mode.INVITED, Mode.PUBLIC})


def start(request: HttpRequest) -> HttpResponse:
    """Show what a reporter can do now."""
    said = service(translation.get_language() or "en")
    mode = cases.channel_mode()
    context = {
        "open": mode in OPEN_TO_REPORTERS,
        "through_partners": mode is Mode.PARTNERS and partners.some_may_file(),
        "helplines": [step for step in recourse.next_steps() if step.kind is StepKind.HELPLINE],
        "imminent": LIMITS[Severity.P0].reply,
        "serious": LIMITS[Severity.P1].reply,
        "kept_for": max(periods().values()),
        "hours": said.hours,
        "emergency": said.emergency,
    }
    return drawing.page(request, "portal/start.html", context)
