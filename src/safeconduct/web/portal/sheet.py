"""One report under way: its nonce, the form it stands at, and everything typed so far, sealed under the nonce alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import HttpRequest

from safeconduct.domains.cases import door, queries
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import Draft
from safeconduct.kernel.errors import Refused
from safeconduct.vault.values import SealedFile
from safeconduct.web import nonces, room, sealing, uploads
from safeconduct.web.portal import steps
from safeconduct.web.portal.steps import Step
from safeconduct.web.privacy import doorstep
from safeconduct.web.refused_files import RefusedFile, Wrong


@dataclass(frozen=True)
class Sheet:
    """What the pages of one report share. ``saved`` says that its draft is there.

    ``lost`` says that this form was sent before, or lay open too long, and is a new report now.
    """

    nonce: bytes = field(repr=False)
    step: Step
    kept: Mapping[str, str | list[str]] = field(repr=False)
    files: tuple[SealedFile, ...] = field(default=(), repr=False)
    refused: tuple[RefusedFile, ...] = field(default=(), repr=False)
    saved: bool = False
    lost: bool = False

    @property
    def token(self) -> str:
        """Return the nonce as a hidden field carries it."""
        return nonces.written(self.nonce)

    def at(self, step: Step) -> "Sheet":
        """Return the same report at another form."""
        return replace(self, step=step)


def fresh(step: Step) -> Sheet:
    """Return a new report. It has a draft from its first page on: a form without one was sent, or is too old."""
    begun = Sheet(nonces.fresh(), step, dict(steps.GIVEN.get(step, {})), saved=True)
    intake.keep_draft(begun.nonce, dict(begun.kept), [])
    return begun


def received(request: HttpRequest) -> Sheet | None:
    """Return the report a form belongs to, what was just typed laid over what was kept; None for a strange form."""
    nonce, step = nonces.read(request.POST.get("nonce", "")), request.POST.get("step", "")
    if nonce is None or step not in set(Step):
        return None
    draft = queries.draft_for(nonce)
    at = Step(step)
    earlier = {**steps.GIVEN.get(at, {}), **(draft.answers if draft else {})}
    kept_files = _still_wanted(draft.files if draft else (), request)
    arrived = _taken(uploads.arrived(request), kept_files, door.place_of(doorstep(request)))
    return Sheet(
        nonce=nonce,
        step=at,
        kept={**earlier, **steps.typed(request.POST, at)},
        files=(*kept_files, *arrived.files),
        refused=(*arrived.refused, *_gave_way(draft)),
        saved=draft is not None,
    )


def keep(sheet: Sheet, request: HttpRequest) -> Sheet:
    """Seal what was typed under the nonce, so that an error or a broken line loses nothing.

    A form that was sent before, or is too old, begins a new report: under its own nonce its code would come back.
    """
    living = sheet if sheet.saved else _anew(sheet, request)
    try:
        _seal(living)
    except Refused:
        living = _anew(sheet, request)
        _seal(living)
    uploads.hand_over(request, living.files)
    room.unsent.keep(living.files, door.place_of(doorstep(request)))
    return living


def _anew(sheet: Sheet, request: HttpRequest) -> Sheet:
    brought = uploads.arrived(request).files
    files = tuple(file for file in sheet.files if file in brought)
    return replace(sheet, nonce=nonces.fresh(), files=files, saved=True, lost=True)


def _seal(sheet: Sheet) -> None:
    intake.keep_draft(sheet.nonce, dict(sheet.kept), list(sheet.files))


def _gave_way(draft: Draft | None) -> list[RefusedFile]:
    return [RefusedFile(Wrong.GAVE_WAY)] if draft and draft.gone else []


def _taken(arrived: uploads.Arrived, kept: tuple[SealedFile, ...], place: bytes) -> uploads.Arrived:
    """Return what may join the pictures kept so far: none in a flood, and only so much."""
    if arrived.files and (door.flooding() or not room.unsent.takes(arrived.files, place)):
        return uploads.Arrived((), (RefusedFile(Wrong.NOT_NOW),))
    total = sum(file.size_bytes for file in (*kept, *arrived.files))
    if total > sealing.ALL_BYTES:
        return uploads.Arrived((), (RefusedFile(Wrong.TOO_LARGE),))
    return arrived


def _still_wanted(files: tuple[SealedFile, ...], request: HttpRequest) -> tuple[SealedFile, ...]:
    dropped = set(request.POST.getlist("without"))
    room.unsent.release(file for file in files if str(file.id) in dropped)
    return tuple(file for file in files if str(file.id) not in dropped)
