"""The record of a case as the log holds it: each entry judged against the newest signed checkpoint."""

from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk
from safeconduct.audit import inclusion
from safeconduct.audit import queries as audit
from safeconduct.audit.inclusion import Judged
from safeconduct.audit.queries import ProofBundle
from safeconduct.domains.cases.queries.lines import line_of, told_in_full
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.views import RecordedEntry, RecordView
from safeconduct.kernel.errors import NotAllowed


def record_for(case_id: UUID, desk: Desk) -> RecordView:
    """Return every entry about a case and its reports with what its proof shows. Not to be called in a transaction."""
    case_number, subjects = _about(case_id, desk)
    judged = inclusion.judge(*subjects)
    names = accounts.names_for({one.entry.by.id for one in judged.entries if one.entry.by.id})
    checkpoint = judged.checkpoint
    return RecordView(
        case_id=case_id,
        number=case_number,
        entries=tuple(_recorded(one, names, desk) for one in judged.entries),
        standing=judged.standing,
        failed=judged.failed,
        signed=checkpoint is not None,
        size=checkpoint.size if checkpoint else 0,
        root=checkpoint.root.hex() if checkpoint else "",
        key=judged.key,
    )


def _recorded(one: Judged, names: dict[UUID, str], desk: Desk) -> RecordedEntry:
    return RecordedEntry(line_of(one.entry, names, desk), one.entry.index, one.stands)


def entry_proof(case_id: UUID, entry_id: UUID, desk: Desk) -> ProofBundle:
    """Return the proof file of one entry about a case, for whoever can open the case and may know who did it."""
    _, subjects = _about(case_id, desk)
    entry = next((one for one in audit.entries_for(*subjects) if one.id == entry_id), None)
    # The file holds the minute, and an id that stands for a colleague.
    if entry is not None and not told_in_full(entry, desk):
        raise NotAllowed
    return audit.proof_of(entry_id, *subjects)


def _about(case_id: UUID, desk: Desk) -> tuple[str, list[UUID]]:
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    return case.number, [case.id, *case.reports.values_list("id", flat=True)]
