"""Files with their keys, for whoever can open what they were sent with."""

from collections.abc import Iterable
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Case, Report, StoredFile
from safeconduct.domains.cases.papers import ENTRY
from safeconduct.domains.cases.queries.conversations import read_report
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import Showing, check_showing
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened, SealedFile
from safeconduct.vault import services as vault
from safeconduct.vault.papers import KeptFile, sealed_files


def file_for(case_id: UUID, file_id: UUID, desk: Desk) -> SealedFile:
    """Return a file of a case; refused for a case that holds child-abuse material."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    check_showing(Showing.ORIGINAL, restricted=case.restricted)
    return stored_file(case, file_id, desk)


def stored_file(case: Case, file_id: UUID, desk: Desk) -> SealedFile:
    """Return a file of a case; the caller has asked whether it may be shown."""
    stored = StoredFile.objects.select_related("report").filter(pk=file_id).first()
    if stored is None:
        raise NotAllowed
    if stored.report is not None and stored.report.case_id == case.id:
        return _in_report(stored.report, file_id, desk.ring)
    if stored.case_id == case.id:
        return _in_work_file(case, file_id, desk.ring)
    raise NotAllowed


def file_of_conversation(report_id: UUID, file_id: UUID, ring: Keyring) -> SealedFile:
    """Return a file of a conversation, for a reporter or a partner who can open it."""
    report = reachable_reports(ring).select_related("case").filter(pk=report_id).first()
    if report is None:
        raise NotAllowed
    check_showing(Showing.ORIGINAL, restricted=report.case.restricted)
    return _in_report(report, file_id, ring)


def listed_files() -> frozenset[UUID]:
    """Return the id of every file that belongs to something. Any other on the disk is a stray."""
    return frozenset(StoredFile.objects.values_list("id", flat=True))


def _in_report(report: Report, file_id: UUID, ring: Keyring) -> SealedFile:
    opened = vault.open_one(report.conversation, ring=ring, why="open a file")
    read = read_report(report, opened)
    kept = [*read.told.files, *(each for _, letter in read.letters if letter for each in letter.files)]
    return _found(kept, file_id)


def _in_work_file(case: Case, file_id: UUID, ring: Keyring) -> SealedFile:
    opened = vault.open_one(case.work, ring=ring, why="open a file")
    return _found(_work_files(case, opened), file_id)


def _work_files(case: Case, opened: Opened) -> Iterable[KeptFile]:
    entries = (ENTRY.read(row.sealed, opened, row.id) for row in case.entries.order_by("ordinal"))
    return [entry.file for entry in entries if entry.file is not None]


def _found(kept: Iterable[KeptFile], file_id: UUID) -> SealedFile:
    for each in sealed_files(tuple(kept)):
        if each.id == file_id:
            return each
    raise NotAllowed
