"""Everyday work on a case: take, hand over, step back, assess, link, note."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Assessment, Degree
from safeconduct.domains.cases.services import work
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import (
    AssessForm,
    HandOverForm,
    LinkForm,
    MitigatedForm,
    NoteForm,
    StepBackForm,
    SummaryForm,
    trying,
)
from safeconduct.web.console.words import written_line

form_page = require_http_methods(["GET", "HEAD", "POST"])


@for_staff
@require_POST
def take(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Take a case: from now on its keys are the taker's and the leads', and no longer the intake team's."""
    work.take_case(case_id, desk)
    return redirect("console:case", case_id)


@for_staff
@form_page
def hand_over(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Give a case to a colleague whom its reporters did not exclude."""
    opened = queries.case_for(case_id, desk)
    colleagues = queries.colleagues_for(case_id, desk)
    form = HandOverForm(request.POST or None, colleagues=[(str(one.id), one.name) for one in colleagues])
    if trying(form, lambda said: work.hand_over(case_id, UUID(said["to"]), desk, note=said["note"])):
        return redirect("console:queue")
    return render(request, "console/hand_over.html", {"case": opened, "form": form, "colleagues": colleagues})


@for_staff
@form_page
def step_back(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Declare a conflict of interest and lose the keys to the case."""
    opened = queries.case_for(case_id, desk)
    form = StepBackForm(request.POST or None)
    if trying(form, lambda said: work.declare_conflict(case_id, desk, reason=said["reason"])):
        return redirect("console:queue")
    return render(request, "console/step_back.html", {"case": opened, "form": form})


@for_staff
@form_page
def assess(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Answer the four questions that make the severity."""
    opened = queries.case_for(case_id, desk)
    before = opened.assessment.answers
    initial = {name: str(getattr(before, name).value) for name in ASKED} if before else None
    form = AssessForm(request.POST or None, initial=initial)
    if trying(form, lambda said: work.assess(case_id, _assessment(said), said["reason"], desk)):
        return redirect("console:case", case_id)
    return render(request, "console/assess.html", {"case": opened, "form": form})


ASKED = ("scale", "scope", "irremediability", "likelihood")


def _assessment(said: dict[str, str]) -> Assessment:
    scale, scope, irremediability, likelihood = (Degree(int(said[name])) for name in ASKED)
    return Assessment(scale=scale, scope=scope, irremediability=irremediability, likelihood=likelihood)


@for_staff
@form_page
def link(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Put this case's reports into another case. Their conversations stay apart."""
    opened = queries.case_for(case_id, desk)
    form = LinkForm(request.POST or None)
    kept: list[UUID] = []
    if trying(form, lambda said: kept.append(_link(case_id, said["number"], desk))):
        return redirect("console:case", kept[0])
    return render(request, "console/link.html", {"case": opened, "form": form})


def _link(case_id: UUID, number: str, desk: Desk) -> UUID:
    try:
        into = queries.case_numbered(number, desk)
    except NotAllowed:
        # Said alike for a number nobody has and for a case of others.
        raise Refused("case.number", "You can open no case of this number. Read it again.") from None
    work.link_reports(case_id, into, desk)
    return into


@for_staff
@form_page
def note(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Add to the work file, which no reporter and no partner reads."""
    opened = queries.case_for(case_id, desk)
    form = NoteForm(request.POST or None)
    if trying(form, lambda said: work.add_note(case_id, said["text"], desk)):
        return redirect("console:case", case_id)
    return render(request, "console/note.html", {"case": opened, "form": form})


@for_staff
@form_page
def summarise(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Write the one line that the queue shows."""
    opened = queries.case_for(case_id, desk)
    form = SummaryForm(request.POST or None, initial={"text": written_line(opened)})
    if trying(form, lambda said: work.summarise(case_id, said["text"], desk)):
        return redirect("console:case", case_id)
    return render(request, "console/summary.html", {"case": opened, "form": form})


@for_staff
@form_page
def mitigated(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Say that the harm has stopped, and how: this keeps the second promise."""
    opened = queries.case_for(case_id, desk)
    form = MitigatedForm(request.POST or None)
    if trying(form, lambda said: work.mark_mitigated(case_id, said["how"], desk)):
        return redirect("console:case", case_id)
    return render(request, "console/mitigated.html", {"case": opened, "form": form})
