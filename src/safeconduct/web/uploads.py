"""The files that one request brought: which of them arrived, which were refused, and who has them now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from safeconduct.vault.values import SealedFile
from safeconduct.web.refused_files import RefusedFile, Wrong
from safeconduct.web.sealing import SealedUpload, SealingUploadHandler

# A hidden field at the end of every form that brings words or files. Without it the line broke on the way.
END = "end"


@dataclass(frozen=True)
class Arrived:
    """What one request brought."""

    files: tuple[SealedFile, ...]
    refused: tuple[RefusedFile, ...]


CUT_OFF = (RefusedFile(Wrong.CUT_OFF),)


def arrived(request: HttpRequest) -> Arrived:
    """Return the pictures of this request and what was not taken. A form cut short on the way gives none."""
    if was_cut_off(request):
        return Arrived((), CUT_OFF)
    refused = [one for handler in request.upload_handlers for one in getattr(handler, "refused", ())]
    return Arrived(tuple(upload.sealed for upload in _uploads(request)), tuple(refused))


def was_cut_off(request: HttpRequest) -> bool:
    """Answer whether a form lost its end on the way, and with it perhaps half a word or half a picture."""
    return END not in request.POST


def hand_over(request: HttpRequest, taken: Iterable[SealedFile]) -> None:
    """Say which of this request's pictures a service has taken: those are no longer ours to delete."""
    ids = {file.id for file in taken}
    for upload in _uploads(request):
        upload.handed_over = upload.sealed.id in ids


def leave_nothing(request: HttpRequest) -> None:
    """Remove what a request left in the middle, whatever went wrong with it."""
    for handler in request.upload_handlers:
        if isinstance(handler, SealingUploadHandler):
            handler.close()


def _uploads(request: HttpRequest) -> list[SealedUpload]:
    every = [upload for field in request.FILES for upload in request.FILES.getlist(field)]
    return [upload for upload in every if isinstance(upload, SealedUpload)]
