"""How long a case is kept: its day, holds over it, and erasing it sooner. Every change takes a second person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries.keeping import holds_for, keeping_for
from safeconduct.domains.cases.services import keeping as services
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.holding import EraseForm, HoldForm


@for_staff
@require_safe
def keeping(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show until when a case is kept, and why."""
    return _page(request, desk, case_id)


@for_staff
@require_safe
def holds(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the holds over cases that this person can open, whichever is to be looked at first."""
    return render(request, "console/holds.html", {"here_is": "holds", "holds": holds_for(desk)})


@for_staff
@require_POST
def ask_hold(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Ask that nothing of a case is erased."""
    form = HoldForm(request.POST)
    if trying(form, lambda said: services.ask_hold(case_id, desk, **said)):
        return redirect("console:keeping", case_id)
    return _page(request, desk, case_id, hold_form=form)


@for_staff
@require_POST
def agree_hold(request: HttpRequest, desk: Desk, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Let a hold stand, as the second person."""
    return _done(request, desk, case_id, lambda: services.agree_hold(hold_id, desk))


@for_staff
@require_POST
def lift_hold(request: HttpRequest, desk: Desk, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """End a hold that nobody has agreed to."""
    reason = request.POST.get("reason", "")
    return _done(request, desk, case_id, lambda: services.lift_hold(hold_id, desk, reason=reason), typed=reason)


@for_staff
@require_POST
def ask_lift(request: HttpRequest, desk: Desk, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Ask that a hold ends to which two people agreed."""
    reason = request.POST.get("reason", "")
    return _done(request, desk, case_id, lambda: services.ask_lift(hold_id, desk, reason=reason), typed=reason)


@for_staff
@require_POST
def agree_lift(request: HttpRequest, desk: Desk, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """End a hold, as the second person."""
    return _done(request, desk, case_id, lambda: services.agree_lift(hold_id, desk))


@for_staff
@require_POST
def withdraw_lift(request: HttpRequest, desk: Desk, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Let a hold stand after all."""
    return _done(request, desk, case_id, lambda: services.withdraw_lift(hold_id, desk))


@for_staff
@require_POST
def ask_erasure(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Ask that a case is erased before its time."""
    form = EraseForm(request.POST)
    if trying(form, lambda said: services.ask_erasure(case_id, desk, **said)):
        return redirect("console:keeping", case_id)
    return _page(request, desk, case_id, erase_form=form)


@for_staff
@require_POST
def agree_erasure(request: HttpRequest, desk: Desk, case_id: UUID, wish_id: UUID) -> HttpResponse:
    """Erase the case now, as the second person, and say when no backup can hold it any more."""
    try:
        complete = services.agree_erasure(wish_id, desk)
    except (Refused, Unavailable) as refusal:
        return _page(request, desk, case_id, told_wrong=_(refusal.sentence))
    return render(request, "console/erased.html", {"complete_on": complete})


@for_staff
@require_POST
def withdraw_erasure(request: HttpRequest, desk: Desk, case_id: UUID, wish_id: UUID) -> HttpResponse:
    """Let the case be after all."""
    return _done(request, desk, case_id, lambda: services.withdraw_erasure(wish_id, desk))


def _done(
    request: HttpRequest, desk: Desk, case_id: UUID, act: Callable[[], object], *, typed: str = ""
) -> HttpResponse:
    try:
        act()
    except (Refused, Unavailable) as refusal:
        return _page(request, desk, case_id, told_wrong=_(refusal.sentence), typed=typed)
    return redirect("console:keeping", case_id)


def _page(request: HttpRequest, desk: Desk, case_id: UUID, *, told_wrong: str = "", **more: Any) -> HttpResponse:  # noqa: ANN401 - forms and what was typed
    page = {
        "keeping": keeping_for(case_id, desk),
        "me": desk.member_id,
        "hold_form": HoldForm(),
        "erase_form": EraseForm(),
        "told_wrong": told_wrong,
    }
    return render(request, "console/keeping.html", page | more, status=409 if told_wrong else 200)
