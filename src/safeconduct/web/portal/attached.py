"""Pictures that others attached for the reporter: a copy drawn anew on the page, the original only to be saved."""

from collections.abc import Mapping
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.sterile import PictureSize, sterile_copy
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault import SealedFile, streams
from safeconduct.web.named import id_in
from safeconduct.web.portal import conversation
from safeconduct.web.refusals import words_for

LOOK_LASTS_SECONDS = 120
# Were a browser ever to open a file instead of saving it, it could run nothing and reach nothing.
CAGE = {"default-src": [NONE], "sandbox": [True]}
# The kinds were read from the first bytes when the file came; a name on a telephone needs its ending.
ENDINGS: Mapping[str, str] = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}

_signer = signing.TimestampSigner(salt="portal.picture")


def look(request: HttpRequest) -> HttpResponse:
    """Show the conversation with one picture open in it. Loading the page again shows it closed."""
    open_way, file_id = conversation.way_in(request), id_in(request, "file")
    look_at = _signer.sign(f"{open_way.holder_id.hex}/{file_id.hex}")
    return conversation.draw(request, open_way, looking={"file": file_id, "look": look_at})


@csp(CAGE)
def picture(request: HttpRequest) -> HttpResponse:
    """Send the copy that the page has just been given a look at; the address opens nothing to anybody else."""
    open_way = conversation.way_in(request)
    try:
        looked = _signer.unsign(request.GET.get("look", ""), max_age=LOOK_LASTS_SECONDS)
    except signing.BadSignature:
        raise NotAllowed from None
    holder, _, file = looked.partition("/")
    if holder != open_way.holder_id.hex:
        raise NotAllowed
    sealed = cases.file_of_conversation(open_way.holder_id, UUID(file), open_way.ring)
    copy = sterile_copy(streams.SealedReader(sealed).everything(), size=PictureSize.FULL)
    return HttpResponse(copy.content, content_type=copy.media_type, headers={"Content-Disposition": "inline"})


@csp(CAGE)
def save(request: HttpRequest) -> HttpResponseBase:
    """Send the original, unchanged, to be saved and never opened here."""
    open_way = conversation.way_in(request)
    try:
        sealed = cases.file_of_conversation(open_way.holder_id, id_in(request, "file"), open_way.ring)
    except (Refused, Unavailable) as refusal:
        return conversation.show(request, fault=words_for(refusal))
    headers = {"Content-Disposition": f'attachment; filename="{_name(sealed)}"'}
    return StreamingHttpResponse(
        iter(streams.SealedReader(sealed)), content_type="application/octet-stream", headers=headers
    )


def _name(sealed: SealedFile) -> str:
    return f"{sealed.id.hex[:12]}.{ENDINGS.get(sealed.kind, 'bin')}"
