"""One case of the organisation: its line, what was done and decided, the conversation, the proof."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.audit import queries as audit
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Danger
from safeconduct.domains.cases.services import conversation, general, protection
from safeconduct.domains.cases.sterile import PictureSize, sterile_copy
from safeconduct.domains.partners.rules import Term, check_term
from safeconduct.domains.partners.views import OrganisationView
from safeconduct.domains.remedy.rules import Urgency
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import streams
from safeconduct.web import recourse, uploads
from safeconduct.web.named import form_key
from safeconduct.web.outcomes import REASONS, URGENCY
from safeconduct.web.partner import lines, words
from safeconduct.web.partner.doors import for_partners, for_partners_files


@for_partners
@require_safe
def show(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:
    """Show one case."""
    return drawn(request, desk, organisation, report_id)


@for_partners
@require_POST
def say(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:
    """Write to the people who work on it. The same form sent twice is one message."""
    text, arrived = request.POST.get("text", ""), uploads.arrived(request)
    if arrived.refused:
        fault = " ".join(one.sentence for one in arrived.refused)
        return drawn(request, desk, organisation, report_id, text=text, fault=fault)
    try:
        conversation.say(
            report_id,
            text,
            files=arrived.files,
            ring=desk.ring,
            by=desk.actor,
            key=form_key(request),
            danger=Danger.NOW if request.POST.get("danger") == Danger.NOW.value else None,
        )
    except (Refused, Unavailable) as refusal:
        return drawn(request, desk, organisation, report_id, text=text, fault=refusal.sentence)
    uploads.hand_over(request, arrived.files)
    return back(report_id)


@for_partners
@require_POST
def consent(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:
    """Say for the person the organisation speaks for whether their report may go to the general queue."""
    agreed = {"yes": True, "no": False}.get(request.POST.get("agreed", ""))
    if agreed is None:
        raise NotAllowed
    mark = request.POST.get("question", "")
    try:
        general.answer(report_id, agreed=agreed, mark=mark, ring=desk.ring, by=desk.actor)
    except Refused as refusal:
        return drawn(request, desk, organisation, report_id, fault=refusal.sentence)
    return back(report_id)


@for_partners
@require_POST
def vouch(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:
    """Say that an account belongs to the person the organisation speaks for. It allows an act; it orders none."""
    check_term(organisation.footing, Term.VOUCH, clock.now().date())
    accounts = cases.conversation_for(report_id, desk.ring).accounts
    number = request.POST.get("account", "")
    chosen = {str(place): each for place, each in enumerate(accounts)}.get(number)
    if chosen is None:
        raise NotAllowed
    reason = request.POST.get("reason", "")
    if not reason.strip():
        fault = _("Write how you know that the account is theirs.")
        return drawn(request, desk, organisation, report_id, fault=fault)
    protection.vouch(report_id, AccountRef(chosen.platform, chosen.handle), reason=reason, desk=desk)
    return back(report_id)


@for_partners
@require_safe
def proof(request: HttpRequest, desk: Desk, organisation: OrganisationView, report_id: UUID) -> HttpResponse:  # noqa: ARG001 - every page of ours is called alike
    """Send the signed proof of the clock, to be kept and checked elsewhere."""
    older = request.GET.get("older") or None
    made = cases.clock_proof(report_id, desk.ring, older=older)
    number = cases.conversation_for(report_id, desk.ring).number
    headers = {"Content-Disposition": f'attachment; filename="proof-{number}.json"'}
    return HttpResponse(made.as_json(), content_type="application/json", headers=headers)


@for_partners_files
@require_safe
def picture(
    request: HttpRequest,  # noqa: ARG001 - every page of ours is called alike
    desk: Desk,
    organisation: OrganisationView,  # noqa: ARG001 - the same
    report_id: UUID,
    file_id: UUID,
) -> HttpResponse:
    """Send a copy of a picture, drawn anew: nothing hidden in the file is in it."""
    sealed = cases.file_of_conversation(report_id, file_id, desk.ring)
    copy = sterile_copy(streams.SealedReader(sealed).everything(), size=PictureSize.FULL)
    return HttpResponse(copy.content, content_type=copy.media_type, headers={"Content-Disposition": "inline"})


@for_partners_files
@require_safe
def file(
    request: HttpRequest,  # noqa: ARG001 - every page of ours is called alike
    desk: Desk,
    organisation: OrganisationView,  # noqa: ARG001 - the same
    report_id: UUID,
    file_id: UUID,
) -> StreamingHttpResponse:
    """Send a file of the conversation, to be saved and never opened here."""
    sealed = cases.file_of_conversation(report_id, file_id, desk.ring)
    # The sender's file name is content, and may be a trap of its own.
    headers = {"Content-Disposition": f'attachment; filename="{file_id.hex[:12]}.bin"'}
    return StreamingHttpResponse(
        iter(streams.SealedReader(sealed)), content_type="application/octet-stream", headers=headers
    )


def drawn(
    request: HttpRequest,
    desk: Desk,
    organisation: OrganisationView,
    report_id: UUID,
    *,
    text: str = "",
    fault: str = "",
    kept: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Draw a case with what was typed and not yet sent still in its fields."""
    view = cases.conversation_for(report_id, desk.ring)
    promise = lines.next_promise(view.clocks, view.stage)
    today = clock.now().date()
    context: dict[str, Any] = {
        "organisation": organisation,
        "view": view,
        "title": view.reference or view.number,
        "record_key": audit.verifier_key(),
        "line": lines.case_line(view, clock.this_minute()),
        "stage": words.STAGES[view.stage],
        "promise": promise,
        "promised": words.PROMISES[promise.kind] if promise else "",
        "late": promise is not None and promise.late(clock.now()),
        "reason": REASONS.get(view.decision.reason, "") if view.decision else "",
        "may_vouch": view.may_write and organisation.footing.may(Term.VOUCH, today),
        "key": new_id(),
        "kept": {"text": text, "urgency": Urgency.NONE.value, **(kept or {})},
        "fault": fault,
        "page": "cases",
        **recourse.in_a_case(report_id, desk.ring),
        "urgency": URGENCY,
    }
    return render(request, "partner/case.html", context, status=409 if fault else 200)


def back(report_id: UUID) -> HttpResponseRedirect:
    """Go to the case by a redirect, so that loading the page again repeats nothing."""
    return HttpResponseRedirect(f"/partner/report/{report_id}", status=303)
