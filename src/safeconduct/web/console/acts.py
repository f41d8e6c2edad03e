"""Securing and hiding: first what it costs, then the order, then a record of each step as the platform shows it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import protection
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.rules import FOR_THE_OWNER, Bundle, Proof, WhoElse
from safeconduct.domains.safety.views import BundleCost, BundleView
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import ConfirmForm, LiftForm, OrderForm, UndoForm, trying
from safeconduct.web.console.marks import account_marked, mark_of

LOOKS_AT_MOST = 40  # every three seconds for two minutes: longer than any platform that answers at all
TURN_SECONDS, TURNS_AT_MOST = 5, 24  # the same two minutes, for a page that loads itself again without script


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, desk: Desk, case_id: UUID, bundle: str) -> HttpResponse:
    """Show what a bundle costs; order it only from that page. The account's name travels in no address."""
    if request.method != "POST":
        return redirect("console:case", case_id)
    opened = queries.case_for(case_id, desk)
    account = account_marked(opened, request.POST.get("account", ""))
    wanted = _bundle(bundle)
    form = OrderForm(request.POST if "cost_shown" in request.POST else None)
    placed: list[UUID] = []
    if trying(form, lambda said: placed.append(_place(case_id, account, wanted, said, desk))):
        return redirect("console:watch", case_id, placed[0])
    try:
        cost = protection.cost(case_id, account, wanted, desk)
    except Unavailable as fault:
        silent = {"case": opened, "bundle": wanted, "account": account, "fault": gettext(fault.sentence)}
        return render(request, "console/cost_silent.html", silent | {"mark": mark_of(case_id, account)}, status=503)
    return render(request, "console/cost.html", {"case": opened, "cost": cost, "form": _asked(form, opened, cost)})


def _turn(asked: str) -> int | None:
    """Return the number of the next turn of a page without script, or None once it no longer turns by itself."""
    turns = int(asked[:4]) if asked.isdecimal() else TURNS_AT_MOST
    return turns + 1 if turns < TURNS_AT_MOST else None


@for_staff
@require_safe
def watch(request: HttpRequest, desk: Desk, case_id: UUID, order_id: UUID) -> HttpResponse:
    """Show every step of an order and what came of it."""
    opened = queries.case_for(case_id, desk)
    look = request.GET.get("look", "0")
    looks = int(look[:4]) if look.isdecimal() else 0
    page = {"case": opened, "order": _ordered(opened, order_id), "look": looks + 1, "looking": looks < LOOKS_AT_MOST}
    turns = request.GET.get("turn", "0")
    page |= {"turn": _turn(turns), "every": TURN_SECONDS, "slow": looks >= LOOKS_AT_MOST or turns == str(TURNS_AT_MOST)}
    # A page that asks for itself again wants the records alone.
    return render(request, "console/records.html" if looks else "console/watch.html", page)


@for_staff
@require_POST
def look_again(request: HttpRequest, desk: Desk, case_id: UUID, order_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Ask the platform now how the account stands."""
    protection.look_again(case_id, order_id, desk)
    return redirect("console:watch", case_id, order_id)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, desk: Desk, case_id: UUID, order_id: UUID) -> HttpResponse:
    """Take back what an order did."""
    opened = queries.case_for(case_id, desk)
    ordered = _ordered(opened, order_id)
    asked = LiftForm if ordered.bundle is Bundle.RESTRAIN else UndoForm
    form = asked(request.POST or None, initial={"key": new_id()})
    placed: list[UUID] = []
    if trying(form, lambda said: placed.append(protection.undo(case_id, order_id, **_proven(said), desk=desk))):
        return redirect("console:watch", case_id, placed[0])
    return render(request, "console/undo.html", {"case": opened, "order": ordered, "form": form})


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, desk: Desk, case_id: UUID, order_id: UUID) -> HttpResponse:
    """Give the second proof that lets a lock made on a code alone stay."""
    opened = queries.case_for(case_id, desk)
    form = ConfirmForm(request.POST or None, initial={"key": new_id()})
    placed: list[UUID] = []
    if trying(form, lambda said: placed.append(protection.confirm(case_id, order_id, **_proven(said), desk=desk))):
        return redirect("console:watch", case_id, placed[0])
    return render(request, "console/confirm.html", {"case": opened, "order": _ordered(opened, order_id), "form": form})


def _bundle(word: str) -> Bundle:
    if word not in FOR_THE_OWNER:
        raise NotAllowed
    return Bundle(word)


def _asked(form: OrderForm, case: CaseView, cost: BundleCost) -> OrderForm:
    if form.is_bound:
        return form
    said = next(
        (report.answers.who_else_sees for report in case.reports if _names(report.answers.accounts, cost)), None
    )
    return OrderForm(
        initial={
            "account": mark_of(case.id, cost.account),
            "key": new_id(),
            "who_else_sees": said.value if said and said is not WhoElse.UNSAID else None,
        }
    )


def _names(accounts: tuple[Any, ...], cost: BundleCost) -> bool:
    return any((one.platform, one.handle) == (cost.account.platform, cost.account.handle) for one in accounts)


def _place(case_id: UUID, account: AccountRef, bundle: Bundle, said: dict[str, Any], desk: Desk) -> UUID:
    return protection.order(
        case_id,
        account=account,
        bundle=bundle,
        who_else_sees=WhoElse(said["who_else_sees"]),
        cost_shown=said["cost_shown"],
        **_proven(said),
        desk=desk,
    )


def _proven(said: dict[str, Any]) -> dict[str, Any]:
    proofs = tuple(Proof(proof) for proof in said.get("proofs", ()))
    return {"proofs": proofs, "reason": said["reason"], "key": said["key"]}


def _ordered(case: CaseView, order_id: UUID) -> BundleView:
    for bundle in case.acts:
        if bundle.id == order_id:
            return bundle
    raise NotAllowed
