"""Acting against what attacks: first what it costs and what stays open, then the order, then its record."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.connectors import patience, registry
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import restraining, seconding
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.rules import RESTRAINTS
from safeconduct.domains.safety.views import Restraint, RestraintCost
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.restraining import ANOTHER, RestraintForm
from safeconduct.web.console.marks import marked_as_attacking
from safeconduct.web.console.work import form_page
from safeconduct.web.templatetags.console import platform_name

# What the page asks the platform: the cost, and once more with the words of the message shown.
_ASKS = frozenset({"cost", "words"})


@for_staff
@form_page
def restrain(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Choose an act, see what it costs, order it from there. No account and no message stands in an address."""
    opened = queries.case_for(case_id, desk)
    go = request.POST.get("go", "")
    # Choosing is what this helps with; whoever has chosen waits for the platform once, and no longer.
    told = _Told() if go in {"order", *_ASKS} else _ask_platforms()
    form = _form(request, opened, told)
    placed: list[UUID] = []
    if go == "order" and trying(form, lambda said: placed.append(_order(opened, said, desk))):
        return redirect("console:watch", case_id, placed[0])
    costs: list[RestraintCost] = []
    if go in _ASKS and trying(form, lambda said: costs.append(_cost(opened, said, desk))):
        lifted = go == "words" and _lifted(opened, desk)
        page = {"case": opened, "form": form, "cost": costs[0], "lifted": lifted}
        return render(request, "console/restrain_cost.html", page)
    return render(request, "console/restrain.html", {"case": opened, "form": form, "silent": told.silent})


def _form(request: HttpRequest, case: CaseView, told: "_Told") -> RestraintForm:
    named = [
        (one.mark, f"{one.account.handle}, {platform_name(one.account.platform)}") for one in marked_as_attacking(case)
    ]
    return RestraintForm(
        request.POST or None,
        accounts=named,
        platforms=[(platform, platform_name(platform)) for platform in registry.platforms()],
        cannot=told.cannot,
        initial={"key": new_id(), "account": named[0][0] if len(named) == 1 else None},
    )


@dataclass
class _Told:
    """For each act the platforms that say they cannot do it, and those that did not answer in time."""

    cannot: dict[ActKind, list[str]] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)


def _ask_platforms() -> _Told:
    """Ask what each platform can do, for a moment only: a silent one is asked again with the cost."""
    told = _Told()
    for platform in registry.platforms():
        name = str(platform_name(platform))
        try:
            with patience.within(patience.ASIDE_SECONDS):
                offered = registry.connector_for(platform).capabilities()
        except Unavailable:
            told.silent.append(name)
        else:
            for act in (each for each in RESTRAINTS if not offered.can(each)):
                told.cannot.setdefault(act, []).append(name)
    return told


def _cost(case: CaseView, said: dict[str, Any], desk: Desk) -> RestraintCost:
    until = clock.this_minute() + timedelta(days=said["days"]) if said["days"] else None
    return restraining.cost(case.id, _wanted(case, said, until), desk)


def _lifted(case: CaseView, desk: Desk) -> bool:
    restraining.look_at_words(case.id, desk)
    return True


def _order(case: CaseView, said: dict[str, Any], desk: Desk) -> UUID:
    return restraining.order(
        case.id,
        _wanted(case, said, said["until"]),
        reason=said["reason"],
        cost_shown=said["cost_shown"],
        desk=desk,
        key=said["key"],
    )


def _wanted(case: CaseView, said: dict[str, Any], until: datetime | None) -> Restraint:
    return Restraint(ActKind(said["act"]), _account(case, said), said["item"].strip(), until)


def _account(case: CaseView, said: dict[str, Any]) -> AccountRef:
    if said["account"] == ANOTHER:
        return AccountRef(said["platform"], said["handle"].strip())
    for one in marked_as_attacking(case):
        if one.mark == said["account"]:
            return one.account
    raise NotAllowed


@for_staff
@require_POST
def take_back(request: HttpRequest, desk: Desk, case_id: UUID, asked_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Take back what a second person was asked."""
    seconding.take_back(case_id, asked_id, desk)
    return redirect(f"/console/cases/{case_id}#accounts")
