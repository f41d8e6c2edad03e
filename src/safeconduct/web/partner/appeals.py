"""Disagreeing with a decision as the organisation that filed the report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.partners.views import OrganisationView
from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.rules import Urgency
from safeconduct.domains.remedy.values import Plea
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.web import uploads
from safeconduct.web.named import form_key, id_in
from safeconduct.web.partner.case import back, drawn
from safeconduct.web.partner.doors import for_partners
from safeconduct.web.refusals import words_for


@for_partners
@require_POST
def appeal(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:
    """Appeal; all of the organisation can read it, and nobody who worked on the case. Sent twice, it is one appeal."""
    urgency = request.POST.get("urgency", "")
    plea = Plea(
        words=request.POST.get("words", ""),
        key=form_key(request),
        new_evidence=request.POST.get("new_evidence", ""),
        urgency=Urgency(urgency) if urgency in set(Urgency) else Urgency.NONE,
        language=translation.get_language() or "en",
    )
    try:
        services.appeal_as_partner(report_id, plea, ring=desk.ring, organisation=desk.organisation)
    except (Refused, Unavailable) as refusal:
        kept = {"words": plea.words, "new_evidence": plea.new_evidence, "urgency": plea.urgency.value}
        return drawn(request, desk, organisation, report_id, kept=kept, fault=words_for(refusal))
    return back(report_id)


@for_partners
@require_POST
def add(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:
    """Add words and pictures to an appeal."""
    text, arrived = request.POST.get("text", ""), uploads.arrived(request)
    kept = {"added": text}
    if arrived.refused:
        fault = " ".join(one.sentence for one in arrived.refused)
        return drawn(request, desk, organisation, report_id, kept=kept, fault=fault)
    try:
        services.write_as_appellant(
            id_in(request, "appeal"), text, ring=desk.ring, key=form_key(request), files=arrived.files
        )
    except (Refused, Unavailable) as refusal:
        return drawn(request, desk, organisation, report_id, kept=kept, fault=words_for(refusal))
    uploads.hand_over(request, arrived.files)
    return back(report_id)
