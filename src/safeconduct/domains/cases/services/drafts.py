"""Reports under way: kept for two hours under a key that only the form on the reporter's screen holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from safeconduct.domains.cases.models import Draft as KeptDraft
from safeconduct.domains.cases.models import StoredFile
from safeconduct.domains.cases.papers import KEPT, Kept
from safeconduct.domains.cases.queries.drafts import draft_id, draft_key
from safeconduct.domains.cases.queries.receipts import receipt_for
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.vault import CaseCode, SealedFile, boxes, files
from safeconduct.vault.papers import kept_files

ERASED_AFTER = timedelta(hours=2)


@transaction.atomic
def keep_draft(nonce: bytes, answers: Mapping[str, Any], attached: Sequence[SealedFile]) -> None:
    """Keep what was written so far, in place of what was kept before; files no longer named are deleted.

    Raises ``Refused`` for a form that was sent. Leaves no entry in the audit record: before a report is sent, nobody
    has come.
    """
    draft = _locked(nonce) or KeptDraft(id=draft_id(nonce))
    # A draft kept anew for a form that was sent already would let that form be sent again once its way in is closed.
    if receipt_for(CaseCode.from_nonce(nonce)):
        raise _used()
    draft.revision += 1
    draft.ends_at = clock.this_minute() + ERASED_AFTER
    paper = Kept(dict(answers), kept_files(attached))
    draft.sealed = boxes.sealed_under(draft_key(nonce), KEPT.write(paper), KEPT.place(draft.id, draft.revision))
    draft.save()
    named = {file.id for file in attached}
    delete_files(draft.files.exclude(id__in=named).values_list("id", flat=True))
    StoredFile.objects.bulk_create((StoredFile(id=each, draft=draft) for each in named), ignore_conflicts=True)


def check_draft(nonce: bytes, attached: Sequence[SealedFile]) -> None:
    """Refuse a form whose draft is gone, and pictures that had to give way. Both stay as they are until the commit."""
    draft = _locked(nonce)
    if draft is None:
        raise _used()
    lying = set(StoredFile.objects.select_for_update().filter(draft=draft).values_list("id", flat=True))
    if not {file.id for file in attached} <= lying:
        raise Refused(
            "files.gone", "A picture could not wait here any longer. Nothing was sent. Add it and send again."
        )


def _used() -> Refused:
    return Refused("form.used", "This form was sent before, or is too old. Nothing was sent. Begin a new one.")


def _locked(nonce: bytes) -> KeptDraft | None:
    return KeptDraft.objects.select_for_update().filter(pk=draft_id(nonce)).first()


@transaction.atomic
def delete_unsent(ids: Collection[UUID]) -> None:
    """Delete pictures that wait under drafts, so that others find room. What belongs to a report stays."""
    waiting = StoredFile.objects.select_for_update().filter(id__in=ids, draft__isnull=False, report=None)
    delete_files(waiting.values_list("id", flat=True))


@transaction.atomic
def drop_draft(nonce: bytes) -> None:
    """Forget a draft and delete its files."""
    _drop(KeptDraft.objects.filter(pk=draft_id(nonce)))


@transaction.atomic
def release_draft(nonce: bytes) -> None:
    """Forget a draft whose files now belong to a report."""
    StoredFile.objects.filter(draft=draft_id(nonce), report__isnull=False).update(draft=None)
    drop_draft(nonce)


@transaction.atomic
def sweep_drafts() -> int:
    """Forget every draft whose two hours are over, and return how many there were."""
    return _drop(KeptDraft.objects.filter(ends_at__lte=clock.now()))


def _drop(drafts: Iterable[KeptDraft]) -> int:
    dropped = [*drafts]
    delete_files(StoredFile.objects.filter(draft__in=dropped).values_list("id", flat=True))
    KeptDraft.objects.filter(pk__in=[draft.pk for draft in dropped]).delete()
    return len(dropped)


def delete_files(ids: Iterable[UUID]) -> None:
    """Delete stored files from the tables now, and from the disk once that stands."""
    going = [*ids]
    StoredFile.objects.filter(id__in=going).delete()
    # After commit: a file deleted in a transaction that fails would leave a draft that names nothing.
    transaction.on_commit(lambda: _delete_from_disk(going))


def _delete_from_disk(ids: Iterable[UUID]) -> None:
    for each in ids:
        files.delete(each)
