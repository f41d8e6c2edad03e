"""Deciding and closing: reasons, evidence, words for each side, and what we ourselves contributed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import EvidenceKind, Linkage, Reason, Sender
from safeconduct.domains.cases.services import by_law, decisions
from safeconduct.domains.cases.values import Contribution, Decision
from safeconduct.domains.cases.views import CaseView, EvidenceView
from safeconduct.domains.remedy import services as remedy
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import CloseForm, DecideForm, RestrictForm, trying
from safeconduct.web.console.times import at
from safeconduct.web.console.words import words_for
from safeconduct.web.console.work import form_page


@for_staff
@form_page
def decide(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Decide a case, with reasons for each side."""
    opened = queries.case_for(case_id, desk)
    offered = evidence_of(opened)
    form = DecideForm(request.POST or None, evidence=offered, restricted=opened.restricted)
    if trying(form, lambda said: remedy.decide_case(case_id, _decision(said, dict(offered)), desk)):
        # Nothing of the words for the person acted on went out: the next page gives them the reasons.
        on = "console:statement" if form.cleaned_data["words_for_acted_on"].strip() else "console:case"
        return redirect(on, case_id)
    return render(request, "console/decide.html", {"case": opened, "form": form})


@for_staff
@form_page
def close(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Close a decided case for good."""
    opened = queries.case_for(case_id, desk)
    form = CloseForm(request.POST or None)
    if trying(form, lambda said: _close(case_id, said, desk)):
        # Its own page says that it is closed; the queue would say nothing of it.
        return redirect("console:case", case_id)
    return render(request, "console/close.html", {"case": opened, "form": form})


@for_staff
@form_page
def restrict(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Treat a case as child-abuse material: from then on nothing of it is shown or copied."""
    opened = queries.case_for(case_id, desk)
    form = RestrictForm(request.POST or None)
    if trying(form, lambda said: by_law.restrict(case_id, desk, reason=said["reason"])):
        # Whoever marked a case that nobody has taken can no longer open it: only leads can.
        return redirect("console:case", case_id) if opened.assignee_id else redirect("console:queue")
    return render(request, "console/restrict.html", {"case": opened, "form": form})


def evidence_of(case: CaseView) -> list[tuple[str, str]]:
    """Return what someone may say they looked at: each report, each piece of evidence, each act."""
    numbered = enumerate(case.reports, 1)
    reports = [(str(report.id), _("Report %(number)d") % {"number": number}) for number, report in numbered]
    kept = [(str(item.id), _named(item)) for item in case.evidence]
    # What an act kept by itself bears the id of the act's own order: each needs a value of its own.
    acts = [
        (f"act-{act.id}", f"{words_for(act.bundle)}, {act.account.handle}, {at(act.ordered_at)}") for act in case.acts
    ]
    return reports + kept + acts


def _named(item: EvidenceView) -> str:
    what = item.name if item.what is EvidenceKind.SENT else words_for(item.what)
    whose = (item.by_name or words_for(Sender(item.source))) if item.what is EvidenceKind.SENT else item.name
    return ", ".join(part for part in (what, whose, at(item.captured_at)) if part)


def _decision(said: dict[str, Any], offered: dict[str, str]) -> Decision:
    also = [line.strip() for line in said["also_looked_at"].splitlines() if line.strip()]
    return Decision(
        reason=Reason(said["reason"]),
        evidence=(*(offered[item] for item in said["looked_at"]), *also),
        words_for_reporter=said["words_for_reporter"],
        words_for_acted_on=said["words_for_acted_on"],
    )


def _close(case_id: UUID, said: dict[str, Any], desk: Desk) -> None:
    contribution = Contribution(Linkage(said["linkage"]), said["words"])
    decisions.close_case(case_id, contribution, feedback_asked=said["feedback_asked"], desk=desk)
