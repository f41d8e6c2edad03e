"""Asking who somebody is: one's own askings, one's bench's, alarms, and the one reading. Nobody is listed here."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases.services import identities as of_cases
from safeconduct.domains.defenders import queries, services
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.web.asked import trying
from safeconduct.web.console.doors import for_called
from safeconduct.web.console.forms.knowing import AskByPseudonymForm


@for_called
@require_safe
def identities(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what concerns this person: their own askings, their bench's, alarms."""
    return _page(request, desk)


@for_called
@require_POST
def ask(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask who stands behind a pseudonym."""
    form = AskByPseudonymForm(request.POST)
    if trying(form, lambda said: services.ask_for(said["pseudonym"], said["reason"], by=desk)):
        return redirect("console:identities")
    return _page(request, desk, form=form)


@for_called
@require_POST
def withdraw(request: HttpRequest, desk: Desk, asking_id: UUID) -> HttpResponse:
    """Take an asking back."""
    return _after(request, desk, lambda: services.withdraw(asking_id, by=desk))


@for_called
@require_POST
def approve(request: HttpRequest, desk: Desk, asking_id: UUID) -> HttpResponse:
    """Hand over one's bench's half."""
    return _after(request, desk, lambda: services.approve(asking_id, by=desk))


@for_called
@require_POST
def refuse(request: HttpRequest, desk: Desk, asking_id: UUID) -> HttpResponse:
    """Say no for one's bench."""
    return _after(request, desk, lambda: services.refuse(asking_id, by=desk))


@for_called
@require_POST
def seen(request: HttpRequest, desk: Desk, alarm_id: UUID) -> HttpResponse:
    """Say that a person looks into an alarm."""
    return _after(request, desk, lambda: services.see_alarm(alarm_id, by=desk))


@for_called
@require_safe
def before_reading(request: HttpRequest, desk: Desk, asking_id: UUID) -> HttpResponse:
    """Say that it is read once, before it is."""
    found = next((each for each in queries.own_askings_for(desk) if each.id == asking_id and each.may_be_read), None)
    if found is None:
        raise NotAllowed
    return render(request, "console/identity_before.html", {"here_is": "identities", "asking": found})


@sensitive_variables()
@for_called
@require_POST
def read(request: HttpRequest, desk: Desk, asking_id: UUID) -> HttpResponse:
    """Show an identity once, behind veils. Loading the page again shows nothing; no cache keeps it."""
    try:
        reading = of_cases.read_once(asking_id, desk)
    except Refused as refusal:
        return _page(request, desk, told_wrong=_(refusal.sentence))
    return render(request, "console/identity_read.html", {"here_is": "identities", "reading": reading})


def _after(request: HttpRequest, desk: Desk, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return _page(request, desk, told_wrong=_(refusal.sentence))
    return redirect("console:identities")


def _page(
    request: HttpRequest, desk: Desk, *, form: AskByPseudonymForm | None = None, told_wrong: str = ""
) -> HttpResponse:
    seat = accounts.bench_of(desk)
    page = {
        "here_is": "identities",
        "may_ask": bool(desk.roles & {Role.RESPONDER, Role.LEAD}) and not accounts.sits_on_a_bench(desk.member_id),
        "sits": seat is not None,
        "kept": queries.seats_open(),
        "own": queries.own_askings_for(desk),
        "waiting": queries.waiting_for(desk),
        "alarms": queries.alarms_for(desk),
        "form": form or AskByPseudonymForm(),
        "told_wrong": told_wrong,
    }
    return render(request, "console/identities.html", page, status=409 if told_wrong else 200)
