"""Adding to the evidence of a case: a file or words that somebody brings, a copy of what a platform shows."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef, Capability, Snapshot
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.cases.models import StoredFile
from safeconduct.domains.cases.papers import WorkKind
from safeconduct.domains.cases.rules import EvidenceKind, Verb, check_keeping, check_message
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import OpenCase, open_case, open_reports
from safeconduct.kernel.errors import NotAllowed, Refused, SafeconductError
from safeconduct.vault import SealedFile, files
from safeconduct.vault.streams import SealedWriter

TEXT = "text/plain"


@dataclass(frozen=True)
class Nature:
    """What a piece of evidence is and, of a platform's copy, what it is not."""

    what: EvidenceKind = EvidenceKind.FILE
    caution: str = ""
    ciphertext_only: bool = False


BROUGHT = Nature()


@transaction.atomic
def add(case_id: UUID, file: SealedFile, *, note: str, desk: Desk, nature: Nature = BROUGHT) -> UUID:
    """Keep a file as evidence in the work file, with a word about what it is."""
    held = open_to_keep(case_id, desk)
    if StoredFile.objects.filter(pk=file.id).exists():
        raise NotAllowed
    StoredFile.objects.create(id=file.id, case=held.case)
    held.write(WorkKind.EVIDENCE, note, file=file.as_json(), **asdict(nature))
    held.tell(Deed.CASE_EVIDENCE_ADDED, what=nature.what.value)
    return file.id


def add_text(case_id: UUID, text: str, *, note: str, desk: Desk) -> UUID:
    """Keep words that somebody brings, under their fingerprint as a file is."""
    check_message(text, 0)
    with SealedWriter(name="", kind=TEXT) as writer:
        writer.write(text.encode())
        file = writer.finish()
    return _add_or_delete(case_id, file, note, desk, Nature(EvidenceKind.TEXT))


def take_snapshot(case_id: UUID, account: AccountRef, *, note: str, desk: Desk) -> UUID:
    """Keep a copy of what a platform shows now of an account that a report names.

    Asks the platform, so it holds no lock meanwhile. ``Unavailable`` when the platform is silent.
    """
    with transaction.atomic():
        _check_named(open_to_keep(case_id, desk), account)
    return keep_copy(case_id, _taken(account), EvidenceKind.SNAPSHOT, name=account.handle, note=note, desk=desk)


def keep_copy(case_id: UUID, taken: Snapshot, what: EvidenceKind, *, name: str, note: str, desk: Desk) -> UUID:
    """Keep what a platform showed, with its own word on what that is not."""
    with SealedWriter(name=name, kind=taken.media_type) as writer:
        writer.write(taken.content)
        file = writer.finish()
    return _add_or_delete(case_id, file, note, desk, Nature(what, taken.note, taken.ciphertext_only))


def open_to_keep(case_id: UUID, desk: Desk) -> OpenCase:
    """Lock and open a case to which this desk may add evidence."""
    held = open_case(case_id, desk, why="add evidence")
    held.must(Verb.NOTE)
    check_keeping(restricted=held.case.restricted)
    return held


def _check_named(held: OpenCase, account: AccountRef) -> None:
    """Refuse to copy an account that no report names: a case is no licence to look at just anybody."""
    opened = open_reports(held.reports, held.desk.ring, why="copy what a platform shows")
    named = {AccountRef(each.platform, each.handle) for one in opened for each in one.told.answers.accounts}
    if account not in named:
        raise NotAllowed


def _taken(account: AccountRef) -> Snapshot:
    connector = connector_for(account.platform)
    if Capability.EVIDENCE_SNAPSHOT not in connector.capabilities().offered:
        sentence = "This platform gives us no copies. Keep a screenshot or words in place of one."
        raise Refused("evidence.no-copies", sentence)
    return connector.snapshot(account.handle)


def _add_or_delete(case_id: UUID, file: SealedFile, note: str, desk: Desk, nature: Nature) -> UUID:
    try:
        return add(case_id, file, note=note, desk=desk, nature=nature)
    except SafeconductError:
        files.delete(file.id)
        raise
