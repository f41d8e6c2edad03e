"""What is ciphertext only: asking the reporter for a copy in ready words, and putting beside it what they send."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import copies
from safeconduct.domains.cases.views import CaseView, EvidenceView, SentView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import BesideForm, trying
from safeconduct.web.console.times import at
from safeconduct.web.console.work import form_page

READY = gettext_lazy(
    "The message you told us about was written in an encrypted conversation. Only the devices in it can read it: "
    "neither the platform nor we can. If you can do it safely, send us a picture of it, or write the words here. "
    "You do not have to, and we go on without it. If somebody else can see your phone, do not do it now."
)


@for_staff
@require_safe
def ask(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show ready words to each reporter, each in their own language, to be changed and sent."""
    opened = queries.case_for(case_id, desk)
    asking = [
        {"report": report, "words": _ready(report.language), "key": new_id()}
        for report in opened.reports
        if report.can_write
    ]
    return render(request, "console/ask_copy.html", {"case": opened, "asking": asking})


def _ready(language: str) -> str:
    with translation.override(language):
        return str(READY)


@for_staff
@form_page
def put_beside(request: HttpRequest, desk: Desk, case_id: UUID, piece: UUID) -> HttpResponse:
    """Choose what the reporter sent to be read beside a piece that is ciphertext only."""
    opened = queries.case_for(case_id, desk)
    kept = _piece(opened, piece)
    form = BesideForm(request.POST or None, sent=[(str(one.id), _named(one)) for one in opened.sent])
    if trying(form, lambda said: copies.put_beside(case_id, piece, UUID(said["sent"]), desk)):
        return redirect(f"/console/cases/{case_id}#at-{piece}")
    return render(request, "console/put_beside.html", {"case": opened, "piece": kept, "form": form})


def _piece(case: CaseView, piece: UUID) -> EvidenceView:
    for one in case.evidence:
        if one.id == piece and one.ciphertext_only:
            return one
    raise NotAllowed


def _named(one: SentView) -> str:
    words = _("File %(name)s, %(time)s") if one.name else _("Message, %(time)s")
    return words % {"name": one.name, "time": at(one.at)}
