"""Who reported, as far as they chose to be known: enrolling, tying and asking, from one open case."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.queries.identities import reporters_of
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders import queries as defenders
from safeconduct.domains.defenders.services import Told
from safeconduct.web.asked import trying
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms.knowing import AskForm, EnrolForm, TieForm

FORMS: dict[str, type[Form]] = {"enrol": EnrolForm, "tie": TieForm, "ask": AskForm}


@for_staff
@require_safe
def identity(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show what is known of each reporter of a case. It never says who they are."""
    return _page(request, desk, case_id)


@sensitive_post_parameters()
@for_staff
@require_POST
def enrol(request: HttpRequest, desk: Desk, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Keep who a reporter is, as they told and agreed."""
    form = _form("enrol", report_id, request.POST)

    def act(said: dict[str, Any]) -> None:
        told = Told(said["names"], said["contacts"], said["consent"], taken_by=desk.member_id)
        identities.enrol(case_id, report_id, told, desk)

    return _to_page(case_id) if trying(form, act) else _page(request, desk, case_id, typed=form)


@for_staff
@require_POST
def tie(request: HttpRequest, desk: Desk, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Say that a report is by somebody who is enrolled."""
    form = _form("tie", report_id, request.POST)
    tied = trying(form, lambda said: identities.tie_report(case_id, report_id, said["pseudonym"], said["how"], desk))
    return _to_page(case_id) if tied else _page(request, desk, case_id, typed=form)


@for_staff
@require_POST
def ask(request: HttpRequest, desk: Desk, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Ask both benches who a reporter is."""
    form = _form("ask", report_id, request.POST)
    asked = trying(form, lambda said: identities.ask(case_id, report_id, said["reason"], desk))
    return _to_page(case_id) if asked else _page(request, desk, case_id, typed=form)


def _to_page(case_id: UUID) -> HttpResponse:
    return redirect("console:identity", case_id)


def _page(request: HttpRequest, desk: Desk, case_id: UUID, *, typed: Form | None = None) -> HttpResponse:
    opened = reporters_of(case_id, desk)
    own = {each.pseudonym: each for each in defenders.own_askings_for(desk)}
    page = {
        "case": queries.case_for(case_id, desk),
        "may_enrol": opened.may_enrol,
        "reporters": [
            (each, _forms(each.report_id, typed), own.get(each.known.pseudonym) if each.known else None)
            for each in opened.reporters
        ],
        "kept": defenders.seats_open(),
    }
    return render(request, "console/identity.html", page)


def _forms(report_id: UUID, typed: Form | None) -> dict[str, Form]:
    """Return the forms about one reporter, blank but for the one that was just typed."""
    blank = {word: _form(word, report_id) for word in FORMS}
    return {word: typed if typed is not None and typed.prefix == form.prefix else form for word, form in blank.items()}


def _form(word: str, report_id: UUID, said: QueryDict | None = None) -> Form:
    return FORMS[word](said, prefix=f"{word}-{report_id}")
