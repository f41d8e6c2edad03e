"""The platform's general queue: ask the reporter, show exactly what would go, hand over what they agreed to."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Outcome, Part, Verb
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services import general, veil
from safeconduct.domains.cases.values import GeneralPacket
from safeconduct.domains.cases.views import CaseView, ReportView
from safeconduct.web.console.doors import for_files, for_staff
from safeconduct.web.console.forms import AskConsentForm, trying
from safeconduct.web.console.work import form_page

FORMAT = "safeconduct-general-queue/1"


@dataclass(frozen=True)
class Asking:
    """One report on the page, with the form that asks its reporter."""

    report: ReportView
    form: AskConsentForm


@for_staff
@form_page
def general_queue(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show where each reporter's consent stands; ask; show what would go."""
    opened = queries.case_for(case_id, desk)
    asking = [Asking(report, _form(request, report)) for report in opened.reports]
    if any(_asked(opened, each, desk) for each in asking):
        return redirect("console:general-queue", case_id)
    packets = _shown(opened, desk) if request.POST.get("go") == "show" else ()
    shown = {"shown": _written(packets), "fingerprint": queries.fingerprint_of(packets)} if packets else {}
    page = {"case": opened, "asking": asking, **shown, **_can(opened)}
    return render(request, "console/general_queue.html", page)


@for_files
@require_POST
def packet(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Hand over: send the packet as a file, as it was shown, and say in each conversation that it went."""
    written = _written(general.hand_over(case_id, desk, shown=request.POST.get("shown", "")))
    headers = {"Content-Disposition": 'attachment; filename="packet.json"'}
    return HttpResponse(written, content_type="application/json", headers=headers)


def _form(request: HttpRequest, report: ReportView) -> AskConsentForm:
    name = report.id.hex[:12]
    offered = _parts_of(report)
    data = request.POST if request.POST.get("go") == f"ask-{name}" else None
    words = {"parts": [part.value for part in offered], "question": _question_in(report.language)}
    return AskConsentForm(data, offered=offered, initial=words, prefix=name)


def _parts_of(report: ReportView) -> list[Part]:
    answers = report.answers
    held = {
        Part.HAPPENED: answers.happened,
        Part.TEXT: answers.text,
        Part.LINKS: answers.links,
        Part.ACCOUNTS: [each for each in answers.accounts if not each.written_by],
    }
    return [part for part in Part if held[part]]


def _question_in(language: str) -> str:
    """Return words to begin with in the reporter's language, or in English where nobody has translated them."""
    with translation.override(language):
        return _(
            "What you wrote to us may be for other people at this platform, who look after reports of every kind. "
            "May we pass on to them what stands below, and nothing else? "
            "You can say no: then it stays here. They learn no more than that from us."
        )


def _asked(case: CaseView, asking: Asking, desk: Desk) -> bool:
    return trying(asking.form, lambda said: _ask(case.id, asking.report.id, said, desk))


def _ask(case_id: UUID, report_id: UUID, said: dict[str, Any], desk: Desk) -> None:
    general.ask(case_id, report_id, [Part(part) for part in said["parts"]], said["question"], desk)


def _can(case: CaseView) -> dict[str, bool]:
    return {
        "may_ask": Verb.SAY in case.can and not case.restricted,
        "decided": case.outcome is Outcome.NOT_ABOUT_A_DEFENDER,
        "agreed": any(report.consent is not None and bool(report.consent.agreed) for report in case.reports),
        "may_pass_on": Verb.FORWARD in case.can and not case.restricted,
    }


def _shown(case: CaseView, desk: Desk) -> tuple[GeneralPacket, ...]:
    """Lift the veil of each report that goes on, and return what the file will hold."""
    for report in case.reports:
        if report.consent is not None and report.consent.agreed:
            veil.lift(case.id, report.id, Showing.WORDS, desk)
    return queries.packets_for(case.id, desk)


def _written(packets: Iterable[GeneralPacket]) -> str:
    reports = [{name: part for name, part in _as_json(each).items() if part} for each in packets]
    return json.dumps({"format": FORMAT, "reports": reports}, ensure_ascii=False, indent=1)


def _as_json(packet: GeneralPacket) -> dict[str, Any]:
    return {
        "language": packet.language,
        "happened": [threat.words for threat in packet.happened],
        "text": packet.text,
        "links": packet.links,
        "accounts": [{"platform": each.platform, "handle": each.handle} for each in packet.accounts],
    }
