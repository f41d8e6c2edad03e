"""Giving a statement of reasons to the person acted on, with a code by which they can appeal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.queries import handed_on
from safeconduct.domains.cases.services import reviewed, work
from safeconduct.domains.remedy import wording
from safeconduct.domains.remedy.models import ReviewFile, ReviewLock, Statement
from safeconduct.domains.remedy.papers import (
    STATEMENT,
    StatementPaper,
    place_of_lock,
    place_of_statement_lock,
)
from safeconduct.domains.remedy.queries.appeals import statement_for
from safeconduct.domains.remedy.rules import (
    Said,
    check_decided,
    check_said,
    check_same,
    check_somebody,
    check_tells_nothing,
    last_moment,
)
from safeconduct.domains.remedy.services.keeping import keep_for_review
from safeconduct.domains.remedy.values import Given
from safeconduct.domains.remedy.views import StatementView
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, ReporterKey, boxes


@transaction.atomic
def give_statement(case_id: UUID, said: Said, desk: Desk, *, nonce: bytes, language: str) -> Given:
    """Write a statement of reasons to be handed over, and return it with its code, here and nowhere again.

    Only where no platform can put it into an account: whoever writes it reads its code. The same ``nonce`` gives the
    same code, so that a form sent twice is one statement.
    """
    reviewed.lock_case(case_id)
    held = handed_on.keys_of(case_id, desk, why="give a statement of reasons")
    code = CaseCode.from_nonce(nonce)
    if already := Statement.objects.select_related("file").filter(tag=code.reporter.recipient_id).first():
        return _given_before(already, case_id, said, code, language)
    statement, paper = written(case_id, said, code, held, desk, language=language)
    audit.record(desk.actor, "statement.given", case_id)
    return Given(paper.text, code, last_moment(statement.given_at))


def written(
    case_id: UUID, said: Said, code: CaseCode, held: handed_on.CaseKeys, desk: Desk, *, language: str
) -> tuple[Statement, StatementPaper]:
    """Write a statement for a code and keep it, once nothing in it tells of a report or of whom we protect."""
    check_decided(decided=reviewed.lock_case(case_id) in reviewed.DECIDED)
    check_said(said)
    check_tells_nothing(said.own_words, protected=held.protected, reported=held.said)
    file = _file_for(case_id, desk)
    paper = _paper(said, language)
    statement = _keep(paper, file, _inner(file, held), code.reporter, at=clock.this_minute())
    work.add_note(case_id, paper.text, desk)
    return statement, paper


@transaction.atomic
def open_statement(code: CaseCode) -> StatementView:
    """Return the statement that a code opens, and note when that code was first used.

    Whoever wrote it may have read its code: so its owner is told that somebody was there before them.
    """
    row = Statement.objects.select_for_update().filter(tag=code.reporter.recipient_id).first()
    view = statement_for(code)
    if row is not None and row.opened_at is None:
        row.opened_at = clock.this_minute()
        row.save(update_fields=["opened_at"])
        audit.record(Actor(ActorKind.REPORTER, row.id), "statement.opened", row.id)
    return view


def _given_before(row: Statement, case_id: UUID, said: Said, code: CaseCode, language: str) -> Given:
    """Return what was kept, word for word: whoever is handed it must find the very same under its code."""
    paper = STATEMENT.read_under(row.sealed, code.reporter.key, row.id)
    check_same(same=(row.file.case_id, paper.said, paper.language) == (case_id, said, language))
    return Given(paper.text, code, last_moment(row.given_at))


def _paper(said: Said, language: str) -> StatementPaper:
    text = wording.statement(said, until=last_moment(clock.this_minute()), language=language)
    return StatementPaper(said, text, language)


def _file_for(case_id: UUID, desk: Desk) -> ReviewFile:
    # One that a reporter's own appeal made has no lock of ours and opens one conversation only.
    whole = ReviewFile.objects.filter(case_id=case_id, locks__isnull=False)
    file = whole.order_by("locks__decision", "made_at", "id").last() or keep_for_review(case_id, desk)
    check_somebody([file] if file else [])
    assert file is not None, "checked above"
    return file


def _keep(paper: StatementPaper, file: ReviewFile, inner: bytes, key: ReporterKey, *, at: datetime) -> Statement:
    statement = Statement(id=new_id(), file=file, tag=key.recipient_id, given_at=at)
    statement.sealed = STATEMENT.seal_under(paper, key.key, statement.id)
    statement.sealed_lock = boxes.sealed_under(key.key, inner, place_of_statement_lock(statement.id))
    statement.save(force_insert=True)
    return statement


def _inner(file: ReviewFile, held: handed_on.CaseKeys) -> bytes:
    lock = ReviewLock.objects.filter(file=file, report_id__in=held.conversations).first()
    assert lock is not None, "each review file of a whole case has a lock for each of its reports"
    return held.conversations[lock.report_id].read(bytes(lock.sealed), place_of_lock(lock.id))
