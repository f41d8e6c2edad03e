"""Lifting the veil: a choice each time, one item at a time, logged before anything is shown."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services import veil
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.console.case import shown
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.lifted import Lifted
from safeconduct.web.console.pictures import look_for

PICTURES = frozenset({Showing.PICTURE_GREY, Showing.PICTURE})
BYTES_SHOWN = 20_000
ON_THE_PAGE = frozenset({Showing.WORDS, Showing.TEXT, Showing.PICTURE_GREY, Showing.PICTURE})


@for_staff
@require_POST
def lift(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show the case with one veil lifted. Loading the page again shows it closed."""
    lifted = _asked(request, desk)
    veil.lift(case_id, lifted.item, lifted.showing, desk)
    if lifted.showing is Showing.TEXT:
        lifted = replace(lifted, text=_letters(case_id, lifted.item, desk))
    return render(request, "console/case.html", shown(queries.case_for(case_id, desk), desk, lifted=lifted))


def _asked(request: HttpRequest, desk: Desk) -> Lifted:
    try:
        item, showing = UUID(request.POST.get("item", "")), Showing(request.POST.get("showing", ""))
    except ValueError:
        raise NotAllowed from None
    if showing not in ON_THE_PAGE:
        raise NotAllowed
    return Lifted(item, showing, look_for(item, showing, desk) if showing in PICTURES else "")


def _letters(case_id: UUID, item: UUID, desk: Desk) -> str:
    """Return evidence as plain letters, as much of it as a page carries; the download holds all of it."""
    begun = bytearray()
    for piece in queries.piece_for(case_id, item, desk):
        begun += piece
        if len(begun) >= BYTES_SHOWN:
            break
    return bytes(begun[:BYTES_SHOWN]).decode(errors="replace")
