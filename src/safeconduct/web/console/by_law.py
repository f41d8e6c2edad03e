"""Child-abuse material handed on: a lead takes out the originals unseen, and writes down whom they told."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import by_law
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.console.doors import for_files, for_staff
from safeconduct.web.console.forms import ToldByLawForm, trying
from safeconduct.web.console.work import form_page


@for_staff
@form_page
def hand_on(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show what is kept, without showing it, and whom it goes to; take down that they were told."""
    opened = queries.case_for(case_id, desk)
    if not opened.restricted:
        raise NotAllowed
    form = ToldByLawForm(request.POST or None)
    if trying(form, lambda said: by_law.note_told(case_id, said["reference"], desk)):
        return redirect("console:case", case_id)
    page = {"case": opened, "form": form, "body": settings.CHILD_PROTECTION, "lead": desk.may(Role.LEAD)}
    return render(request, "console/by_law.html", page)


@for_files
@require_POST
def hand_out(request: HttpRequest, desk: Desk, case_id: UUID, item: UUID) -> StreamingHttpResponse:  # noqa: ARG001 - the address says all
    """Send one original, unchanged, to be handed on and never opened here."""
    piece = by_law.hand_out(case_id, item, desk)
    headers = {
        "Content-Disposition": f'attachment; filename="{item.hex[:12]}.bin"',
        "Content-Length": str(piece.size_bytes),
    }
    return StreamingHttpResponse(iter(piece), content_type="application/octet-stream", headers=headers)
