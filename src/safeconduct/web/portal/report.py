"""Telling us: the forms of a report, kept as they are typed, and sent once however often the button is pressed."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from safeconduct.accounts import queries as accounts
from safeconduct.domains.cases import door
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.door import Lane
from safeconduct.domains.cases.rules import Mode, Want
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS, Origin, Receipt
from safeconduct.domains.safety.rules import Bundle
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault import CaseCode
from safeconduct.web import choices, room, uploads
from safeconduct.web.portal import code, drawing, entrance, sheet, steps, summary, words
from safeconduct.web.portal.service import service
from safeconduct.web.portal.sheet import Sheet
from safeconduct.web.portal.steps import Remark, Step
from safeconduct.web.refusals import words_for

_NOTHING = _("There is nothing in it yet. Say in a few words what happened.")
_NO_ACCOUNT = _("Write the name of the account. Without it nobody can lock or hide it.")


def begin(step: Step) -> Callable[[HttpRequest], HttpResponse]:
    """Return the page that opens a new report at one form."""

    def page(request: HttpRequest) -> HttpResponse:
        return _form(request, sheet.fresh(step))

    return page


def go_on(request: HttpRequest) -> HttpResponse:
    """Keep what was typed and show the next form; what looks wrong is shown once and then let through."""
    now = _kept(request)
    if now is None:
        return begin(Step.HAPPENED)(request)
    found = [] if request.POST.get("looked") else steps.remarks(now.kept, now.step)
    return _form(request, now if found or now.refused else now.at(steps.after(now.step)), found)


def go_back(request: HttpRequest) -> HttpResponse:
    """Keep what was typed and show the form before."""
    now = _kept(request)
    return begin(Step.HAPPENED)(request) if now is None else _form(request, now.at(steps.before(now.step) or now.step))


def stay(request: HttpRequest) -> HttpResponse:
    """Keep what was typed, take the pictures in, and show the same form: also in another language."""
    now = _kept(request)
    return begin(Step.HAPPENED)(request) if now is None else _form(request, now)


def jump(step: Step) -> Callable[[HttpRequest], HttpResponse]:
    """Return the page that keeps what was typed and shows a chosen form."""

    def page(request: HttpRequest) -> HttpResponse:
        now = _kept(request)
        return begin(step)(request) if now is None else _form(request, now.at(step))

    return page


def send(request: HttpRequest) -> HttpResponse:
    """File the report and show its case code. The same form sent again gives the same report and the same code."""
    form = sheet.received(request)
    if form is None:
        return begin(Step.HAPPENED)(request)
    now = _living(form, request)
    if now.lost:
        return _sent_before(request, form, now)
    found = [] if request.POST.get("looked") else steps.remarks(now.kept, now.step)
    nothing = "" if now.files or not steps.says_nothing(now.kept) else _lacking(now.step)
    if now.refused or found or nothing:
        return _form(request, now, found, fault=nothing)
    passage = entrance.passage(request, with_files=bool(now.files))
    if passage.question:
        return _form(request, now, question=passage.question)
    try:
        receipt = _filed(now)
    except (Refused, Unavailable) as fault:
        passage.give_back()
        return _form(request, now, fault=words_for(fault))
    room.unsent.release(now.files)
    return code.receipt_page(request, receipt, protect=_protect(now))


def _lacking(step: Step) -> str:
    return str(_NO_ACCOUNT if step is Step.LOCK else _NOTHING)


def _filed(now: Sheet) -> Receipt:
    answers = steps.as_answers(now.kept, language=translation.get_language() or "")
    with door.turn(Lane.ANONYMOUS):
        return intake.file_report(answers, nonce=now.nonce, files=now.files, by=_origin(now), of_draft=True)


def _sent_before(request: HttpRequest, form: Sheet, now: Sheet) -> HttpResponse:
    """Show the code again; or, where there is no such report any more, what was typed as a new one, not yet sent."""
    receipt = cases.receipt_for(CaseCode.from_nonce(form.nonce))
    if receipt is None:
        return _form(request, now)
    intake.drop_draft(now.nonce)
    return code.receipt_page(request, receipt, protect=_protect(form))


def _protect(now: Sheet) -> dict[str, str] | None:
    """Return what the short way for an account in trouble has answered, so that nothing is asked twice."""
    wants = now.kept.get("wants", [])
    if now.step is not Step.LOCK or not str(now.kept.get("mine", "")).strip():
        return None
    hide = Want.HIDE.value in wants and Want.SECURE.value not in wants
    return {
        "account": "0",
        "bundle": (Bundle.HIDE if hide else Bundle.SECURE_NOW).value,
        "who_else_sees": str(now.kept.get("who_else_sees", "")),
    }


def _kept(request: HttpRequest) -> Sheet | None:
    form = sheet.received(request)
    return None if form is None else _living(form, request)


def _living(form: Sheet, request: HttpRequest) -> Sheet:
    # Half a form must not take the place of a whole one that was kept before.
    return form if uploads.was_cut_off(request) else sheet.keep(form, request)


def _origin(now: Sheet) -> Origin:
    invitation = now.kept.get("invitation", "")
    return Origin.invited(invitation) if isinstance(invitation, str) and invitation else ANONYMOUS


def _form(
    request: HttpRequest,
    now: Sheet,
    found: Sequence[Remark] = (),
    *,
    fault: str = "",
    question: entrance.Question | None = None,
) -> HttpResponse:
    context = {**_context(now, found, fault), "question": question}
    return drawing.page(request, f"portal/step_{now.step.value}.html", context)


def _context(now: Sheet, found: Sequence[Remark], fault: str) -> dict[str, Any]:
    return {
        "sheet": now,
        "kept": now.kept,
        "remarks": found,
        "remark_of": {remark.field: remark.sentence for remark in reversed(found)},
        "fault": fault,
        "road": [
            (name, step is now.step, steps.is_done(now.kept, step, now=now.step))
            for step, name in zip(steps.ROAD, words.STEP_NAMES, strict=True)
        ],
        "place": steps.ROAD.index(now.step) + 1 if now.step in steps.ROAD else 0,
        "first": steps.before(now.step) is None,
        "choices": words,
        "platforms": choices.platforms(),
        "countries": choices.countries(accounts.countries_of_staff()),
        "invitation_needed": cases.channel_mode() is Mode.INVITED,
        "emergency": service(translation.get_language() or "en").emergency if now.step is Step.DANGER else (),
        "summary": summary.of(now.kept) if now.step is Step.SEND else [],
    }
