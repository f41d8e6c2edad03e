"""Files and other evidence under review, one piece at a time, for whoever took the appeal."""

from contextlib import suppress
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.queries import review
from safeconduct.domains.cases.queries.evidence import Piece
from safeconduct.domains.cases.queries.reviewed import snapshot_under_review
from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.queries.appeals import file_of_appeal
from safeconduct.domains.remedy.queries.reach import appeal_for_reviewer, review_desk
from safeconduct.domains.remedy.rules import check_taken
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import SealedFile
from safeconduct.vault.streams import SealedReader


def file_under_review(appeal_id: UUID, file_id: UUID, desk: Desk) -> SealedFile:
    """Return a file of the appeal or of the case it is about, to whoever took the appeal."""
    appeal = _taken(appeal_id, desk)
    try:
        return file_of_appeal(appeal_id, file_id, desk.ring)
    except NotAllowed:
        inside = review_desk(appeal, desk).ring
        case = review.case_under_review(appeal.case_id, inside)
        report_id = next((view.report_id for view in case.conversations if _has(view, file_id)), None)
        if report_id is None:
            return review.evidence_under_review(appeal.case_id, file_id, inside)
        return cases.file_of_conversation(report_id, file_id, inside)


def piece_under_review(appeal_id: UUID, item: UUID, desk: Desk) -> Piece:
    """Return any piece of evidence to whoever took the appeal: a file, or what an act kept by itself."""
    appeal = _taken(appeal_id, desk)
    kept = None
    with suppress(NotAllowed):
        # Of a decided appeal the way into the case may be gone; the appeal's own files still open.
        kept = snapshot_under_review(appeal.case_id, item, review_desk(appeal, desk).ring)
    if kept is not None:
        return kept
    sealed = file_under_review(appeal_id, item, desk)
    return Piece(sealed.kind, sealed.size_bytes, SealedReader(sealed))


def _taken(appeal_id: UUID, desk: Desk) -> Appeal:
    appeal = appeal_for_reviewer(appeal_id, desk)
    check_taken(mine=appeal.reviewer == desk.member_id)
    return appeal


def _has(view: ConversationView, file_id: UUID) -> bool:
    letters = (file for letter in view.messages for file in letter.files)
    return any(file.id == file_id for file in (*view.files, *letters))
