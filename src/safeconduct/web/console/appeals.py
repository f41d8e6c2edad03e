"""Appeals, for those who may decide them: a queue, the appeal with its case, the decision and what came of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import exposure_for
from safeconduct.domains.cases.rules import Reason
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.sterile import PictureSize, sterile_copy
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Conclusion, Side
from safeconduct.domains.remedy.values import Ruling
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.doors import for_reviewers, for_reviewers_files
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.reviewing import RulingForm
from safeconduct.web.console.lifted import Lifted
from safeconduct.web.console.times import at
from safeconduct.web.console.words import words_for
from safeconduct.web.console.work import form_page
from safeconduct.web.named import form_key, id_in


@for_reviewers
@require_safe
def queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the appeals that this reviewer may decide."""
    decided = request.GET.get("view") == "decided"
    rows = queries.queue_for(desk, decided=decided)
    page = {"here_is": "appeals", "rows": rows, "decided": decided, "now": clock.now()}
    return render(request, "console/appeals.html", page)


@for_reviewers
@require_safe
def appeal(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:
    """Show an appeal with its case."""
    return _page(request, desk, appeal_id)


@for_reviewers
@require_POST
def take(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Take an appeal."""
    services.take_appeal(appeal_id, desk)
    return redirect("console:appeal", appeal_id)


@for_reviewers
@require_POST
def lift(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:
    """Show the appeal with one veil of its case lifted. Loading the page again shows it closed."""
    lifted = Lifted(id_in(request, "item"), Showing.WORDS)
    try:
        services.lift_veil(appeal_id, lifted.item, lifted.showing, desk)
    except Refused as refusal:
        return _page(request, desk, appeal_id, told_wrong=_(refusal.sentence))
    return _page(request, desk, appeal_id, lifted=lifted)


@for_reviewers
@require_POST
def step_back(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:
    """Give an appeal back for good; refused where nobody else could decide it."""
    try:
        services.step_back(appeal_id, desk)
    except Refused as refusal:
        return _page(request, desk, appeal_id, told_wrong=_(refusal.sentence))
    return redirect("console:appeals")


@for_reviewers
@require_POST
def write(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:
    """Write to whoever appealed. What was typed is never lost."""
    text = request.POST.get("text", "")
    try:
        services.write_as_reviewer(appeal_id, text, desk, key=form_key(request))
    except Refused as refusal:
        return _page(request, desk, appeal_id, typed=text, told_wrong=_(refusal.sentence))
    return redirect("console:appeal", appeal_id)


@for_reviewers
@form_page
def decide(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:
    """Decide an appeal, with reasons."""
    view = queries.review_for(appeal_id, desk)
    undoable = [(str(act.id), _order(act)) for act in view.acts if act.can_undo]
    form = RulingForm(request.POST or None, undoable=undoable, for_acted_on=view.side is Side.ACTED_ON)
    if trying(form, lambda said: services.decide_appeal(appeal_id, _ruling(said), desk)):
        return redirect("console:appeal", appeal_id)
    return render(request, "console/appeal_decide.html", {"appeal": view, "form": form, "here_is": "appeals"})


@for_reviewers
@require_POST
def carried_out(request: HttpRequest, desk: Desk, appeal_id: UUID) -> HttpResponse:
    """Tell whoever appealed that it is done, once the platform was read back."""
    try:
        services.confirm_carried_out(appeal_id, desk)
    except Refused as refusal:
        return _page(request, desk, appeal_id, told_wrong=_(refusal.sentence))
    return redirect("console:appeal", appeal_id)


@for_reviewers_files
@require_POST
def file(request: HttpRequest, desk: Desk, appeal_id: UUID, file_id: UUID) -> StreamingHttpResponse:  # noqa: ARG001 - the address says all
    """Send a file of the appeal or of its case, to be saved and never opened here."""
    services.lift_veil(appeal_id, file_id, Showing.ORIGINAL, desk)
    piece = queries.piece_under_review(appeal_id, file_id, desk)
    # The sender's file name is content, and may be a trap of its own.
    headers = {"Content-Disposition": f'attachment; filename="{file_id.hex[:12]}.bin"'}
    return StreamingHttpResponse(iter(piece), content_type="application/octet-stream", headers=headers)


@for_reviewers_files
@require_POST
def picture(request: HttpRequest, desk: Desk, appeal_id: UUID, file_id: UUID) -> HttpResponse:  # noqa: ARG001 - the address says all
    """Show a picture small and grey: a copy drawn anew, on a page of its own."""
    services.lift_veil(appeal_id, file_id, Showing.PICTURE_GREY, desk)
    drawn = b"".join(queries.piece_under_review(appeal_id, file_id, desk))
    copy = sterile_copy(drawn, size=PictureSize.SMALL_AND_GREY)
    return HttpResponse(copy.content, content_type=copy.media_type, headers={"Content-Disposition": "inline"})


def _page(
    request: HttpRequest,
    desk: Desk,
    appeal_id: UUID,
    *,
    typed: str = "",
    told_wrong: str = "",
    lifted: Lifted | None = None,
) -> HttpResponse:
    view = queries.review_for(appeal_id, desk)
    undone = set(view.outcome.undone) if view.outcome else set()
    page = {
        "here_is": "appeals",
        "appeal": view,
        "carrying_out": [act for act in view.acts if act.id in undone],
        "typed": typed,
        "lifted": lifted,
        "exposure": exposure_for(desk),
        "told_wrong": told_wrong,
        "form_key": new_id(),
        "now": clock.now(),
    }
    return render(request, "console/appeal.html", page, status=409 if told_wrong else 200)


def _order(act: BundleView) -> str:
    return f"{words_for(act.bundle)}, {act.account.handle}, {at(act.ordered_at)}"


def _ruling(said: dict[str, Any]) -> Ruling:
    evidence = tuple(line.strip() for line in said["evidence"].splitlines() if line.strip())
    return Ruling(
        conclusion=Conclusion(said["conclusion"]),
        words=said["words"],
        reason=Reason(said["reason"]) if said["reason"] else None,
        evidence=evidence,
        words_for_reporter=said.get("words_for_reporter", ""),
        undo=tuple(UUID(each) for each in said.get("undo", ())),
    )
