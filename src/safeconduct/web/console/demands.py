"""The register of demands: log one, take its steps, choose piece by piece, a second person, the answer, the telling."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.demands import queries, services
from safeconduct.domains.demands.rules import ENDED, Demanded, Step
from safeconduct.domains.demands.views import DemandView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.doors import for_files, for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.demanding import AnswerDemandForm, LogForm, RefuseDemandForm, StepsForm
from safeconduct.web.console.work import form_page


@for_staff
@form_page
def demands(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the register, and log a demand as it came."""
    form = LogForm(request.POST or None, initial={"key": new_id(), "received_on": clock.now().date()})
    logged: list[UUID] = []
    if trying(form, lambda said: logged.append(services.log_demand(_said(said), desk, key=said["key"]))):
        return redirect("console:demand", logged[0])
    page = {"here_is": "demands", "rows": queries.demands_for(desk), "form": form, "today": clock.now().date()}
    return render(request, "console/demands.html", page)


@for_staff
@require_safe
def demand(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Show one demand with what comes next."""
    return _page(request, queries.demand_for(demand_id, desk))


@for_staff
@form_page
def steps(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Take the steps, each with what it rests on."""
    view = queries.demand_for(demand_id, desk)
    form = StepsForm(request.POST or None, initial=StepsForm.begun(view.kept.steps, view.kept.reading))
    if trying(form, lambda said: services.consider(demand_id, form.steps(), said["reading"], desk)):
        return redirect("console:demand", demand_id)
    return render(request, "console/demand_steps.html", {"here_is": "demands", "demand": view, "form": form})


@for_staff
@require_POST
def find(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Go to the pieces of one case, named by its number. There is no search for people."""
    view = queries.demand_for(demand_id, desk)
    try:
        case_id = cases.case_numbered(request.POST.get("number", ""), desk)
    except NotAllowed:
        return _page(request, view, wrong=_("You can open no case of this number. Read it again."))
    return redirect("console:demand-choose", demand_id, case_id)


@for_staff
@form_page
def choose(request: HttpRequest, desk: Desk, demand_id: UUID, case_id: UUID) -> HttpResponse:
    """Choose pieces of one case."""
    view = queries.demand_for(demand_id, desk)
    wrong = ""
    try:
        if request.method == "POST":
            services.choose(demand_id, case_id, _ids(request.POST.getlist("piece")), desk)
            return redirect("console:demand", demand_id)
        offered = queries.choices_for(demand_id, case_id, desk)
    except Refused as refusal:
        offered, wrong = (), _(refusal.sentence)
    page = {"here_is": "demands", "demand": view, "choices": offered, "case_id": case_id, "told_wrong": wrong}
    return render(request, "console/demand_choose.html", page, status=409 if wrong else 200)


@for_staff
@require_POST
def propose(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Ask a second person to look."""
    return _done(request, desk, demand_id, lambda: services.propose(demand_id, desk))


@for_staff
@require_POST
def second(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Approve what is proposed, or give it back with the reason."""
    why = request.POST.get("why", "")
    if request.POST.get("go") == "approve":
        return _done(request, desk, demand_id, lambda: services.approve(demand_id, desk))
    return _done(request, desk, demand_id, lambda: services.send_back(demand_id, why, desk))


@for_files
@require_POST
def hand_over(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Send the one file that leaves, once the people concerned were told."""
    view, form = queries.demand_for(demand_id, desk), AnswerDemandForm(request.POST)
    left: list[bytes] = []
    if not trying(form, lambda said: left.append(services.hand_over(demand_id, desk, **said))):
        return _page(request, view, answer=form)
    return _file(left[0])


@for_files
@require_POST
def file(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Send the very file that left once more."""
    view = queries.demand_for(demand_id, desk)
    try:
        return _file(services.hand_over_again(demand_id, desk))
    except Refused as refusal:
        return _page(request, view, wrong=_(refusal.sentence))


@for_staff
@require_POST
def take_over(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Work on it from now on, as a lead."""
    return _done(request, desk, demand_id, lambda: services.take_over(demand_id, desk))


@for_staff
@require_POST
def refuse(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Refuse it, in words."""
    view, form = queries.demand_for(demand_id, desk), RefuseDemandForm(request.POST)
    if trying(form, lambda said: services.refuse(demand_id, said.pop("refusal"), desk, **said)):
        return redirect("console:demand", demand_id)
    return _page(request, view, refusal=form)


@for_staff
@require_POST
def tell(request: HttpRequest, desk: Desk, demand_id: UUID) -> HttpResponse:
    """Tell the people concerned, or name the next day on which somebody asks whether they may be told."""
    view, form = queries.demand_for(demand_id, desk), AnswerDemandForm(request.POST)
    if trying(form, lambda said: _tell(demand_id, said, desk)):
        return redirect("console:demand", demand_id)
    return _page(request, view, telling=form)


def _tell(demand_id: UUID, said: dict[str, Any], desk: Desk) -> None:
    if said["ask_again_on"] and not said["words"].strip():
        services.keep_silent(demand_id, said["ask_again_on"], desk)
    else:
        services.tell(demand_id, said["words"], desk)


def _file(content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="answer.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _done(request: HttpRequest, desk: Desk, demand_id: UUID, act: Callable[[], object]) -> HttpResponse:
    view = queries.demand_for(demand_id, desk)
    try:
        act()
    except Refused as refusal:
        return _page(request, view, wrong=_(refusal.sentence))
    return redirect("console:demand", demand_id)


def _page(request: HttpRequest, view: DemandView, *, wrong: str = "", **forms: Any) -> HttpResponse:  # noqa: ANN401 - a form each
    page = {
        "here_is": "demands",
        "demand": view,
        "steps": [(step, view.kept.steps.get(step)) for step in Step],
        "ended": view.stage in ENDED,
        "answer": forms.get("answer") or AnswerDemandForm(prefix=None),
        "refusal": forms.get("refusal") or RefuseDemandForm(auto_id="refuse_%s"),
        "telling": forms.get("telling") or AnswerDemandForm(auto_id="tell_%s"),
        "told_wrong": wrong,
    }
    return render(request, "console/demand.html", page, status=409 if wrong or forms else 200)


def _said(said: dict[str, Any]) -> Demanded:
    return Demanded(said["authority"], said["basis"], said["asked"], said["received_on"], said["due_on"])


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise NotAllowed from None
