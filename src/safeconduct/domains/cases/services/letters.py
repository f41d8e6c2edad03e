"""Writing letters into a conversation."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from safeconduct.domains.cases.models import Message, StoredFile
from safeconduct.domains.cases.papers import LETTER, Letter
from safeconduct.domains.cases.services.deeds import OpenReport
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault import SealedFile


def already_written(held: OpenReport, key: UUID) -> bool:
    """Return whether this very letter was sent before; ``NotAllowed`` when its key belongs to another conversation."""
    found = Message.objects.filter(pk=key).first()
    if found is not None and found.report_id != held.report.id:
        raise NotAllowed
    return found is not None


def write_letter(
    held: OpenReport, letter: Letter, *, key: UUID | None = None, files: Sequence[SealedFile] = ()
) -> UUID:
    """Seal a letter into its conversation and return its id, which is ``key`` if one is given."""
    last = held.report.messages.aggregate(last=Max("ordinal"))["last"] or 0
    row = Message(id=key or new_id(), report=held.report, ordinal=last + 1, at=letter.at)
    row.sealed = LETTER.seal(letter, held.conversation, row.id)
    row.save(force_insert=True)
    claim_files(row, files)
    return row.id


def claim_files(message: Message, files: Sequence[SealedFile]) -> None:
    """Note which stored files a letter has; one that belongs elsewhere is refused."""
    ids = [file.id for file in files]
    if StoredFile.objects.filter(id__in=ids).exists():
        raise NotAllowed
    StoredFile.objects.bulk_create(StoredFile(id=each, report_id=message.report_id, message=message) for each in ids)


def mark_replied(held: OpenReport) -> None:
    """Note that a person has written: the first reply, or the answer to what was asked since."""
    report = held.report
    report.replied_at = report.replied_at or clock.this_minute()
    report.asked_at = report.answer_due = None
    report.save(update_fields=["replied_at", "asked_at", "answer_due"])
