"""Pictures and files a stranger sent: a sterile copy on the page, the original only as a download in a cage."""

from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services import veil
from safeconduct.domains.cases.sterile import PictureSize, sterile_copy
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import streams
from safeconduct.web.console.doors import for_files

LOOK_LASTS_SECONDS = 120
SIZES = {Showing.PICTURE_GREY: PictureSize.SMALL_AND_GREY, Showing.PICTURE: PictureSize.FULL}

_signer = signing.TimestampSigner(salt="console.picture")


def look_for(file_id: UUID, showing: Showing, desk: Desk) -> str:
    """Return what opens one picture to one person for two minutes; made only where a veil was just lifted."""
    whose = _whose(file_id, showing, desk)
    return _signer.sign(whose).removeprefix(f"{whose}:")


@for_files
@require_safe
def picture(request: HttpRequest, desk: Desk, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Send the sterile copy of a picture whose veil this person just lifted."""
    size = SIZES[_lifted(request, file_id, desk)]
    sealed = queries.file_for(case_id, file_id, desk)
    copy = sterile_copy(streams.SealedReader(sealed).everything(), size=size)
    return HttpResponse(copy.content, content_type=copy.media_type, headers={"Content-Disposition": "inline"})


@for_files
@require_POST
def original(request: HttpRequest, desk: Desk, case_id: UUID, file_id: UUID) -> StreamingHttpResponse:  # noqa: ARG001 - the address says all
    """Send the original, unchanged, to be saved and never opened here."""
    veil.lift(case_id, file_id, Showing.ORIGINAL, desk)
    piece = queries.piece_for(case_id, file_id, desk)
    # The sender's file name is content, and may be a trap of its own.
    name = f"{file_id.hex[:12]}.bin"
    return StreamingHttpResponse(
        iter(piece),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(piece.size_bytes)},
    )


def _lifted(request: HttpRequest, file_id: UUID, desk: Desk) -> Showing:
    try:
        showing = Showing(request.GET.get("showing", ""))
        whose = _whose(file_id, showing, desk)
        _signer.unsign(f"{whose}:{request.GET.get('look', '')}", max_age=LOOK_LASTS_SECONDS)
    except (ValueError, signing.BadSignature):
        raise NotAllowed from None
    return showing


def _whose(file_id: UUID, showing: Showing, desk: Desk) -> str:
    return f"{desk.member_id}/{file_id}/{showing.value}"
