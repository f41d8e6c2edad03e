"""Writing to the reporter. What was typed is never lost, whatever the rules say to it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import work
from safeconduct.kernel.errors import Refused
from safeconduct.web import uploads
from safeconduct.web.console.case import shown
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import AnswerForm


@for_staff
@require_POST
def answer(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Send a message into one report's conversation."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _kept(request, desk, case_id, _("Write a message first. Nothing was sent."))
    said, arrived = form.cleaned_data, _pictures(request)
    if arrived.refused:
        return _kept(request, desk, case_id, " ".join(one.sentence for one in arrived.refused))
    try:
        work.answer(case_id, said["report"], said["text"], desk, key=said["key"], files=arrived.files)
    except Refused as refusal:
        return _kept(request, desk, case_id, _(refusal.sentence))
    uploads.hand_over(request, arrived.files)
    return redirect("console:case", case_id)


def _pictures(request: HttpRequest) -> uploads.Arrived:
    """Return the pictures that came with a message; a form without any need not show that it came whole."""
    arrived = uploads.arrived(request)
    return uploads.Arrived((), ()) if arrived.refused == uploads.CUT_OFF and not request.FILES else arrived


def _kept(request: HttpRequest, desk: Desk, case_id: UUID, told_wrong: str) -> HttpResponse:
    opened = queries.case_for(case_id, desk)
    page = shown(opened, desk, typed=request.POST.get("text", ""), told_wrong=told_wrong)
    return render(request, "console/case.html", page)
