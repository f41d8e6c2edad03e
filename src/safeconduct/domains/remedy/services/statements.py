"""Giving a statement of reasons to the person acted on, with a code by which they can appeal."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.queries import review as cases
from safeconduct.domains.cases.services import work
from safeconduct.domains.remedy import wording
from safeconduct.domains.remedy.models import ReviewFile, ReviewLock, Statement
from safeconduct.domains.remedy.papers import (
    STATEMENT,
    StatementPaper,
    place_of_lock,
    place_of_statement_lock,
)
from safeconduct.domains.remedy.rules import Said, check_said, check_somebody, check_tells_nothing, last_moment
from safeconduct.domains.remedy.services.keeping import keep_for_review
from safeconduct.domains.remedy.values import Given
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, boxes


@transaction.atomic
def give_statement(case_id: UUID, said: Said, desk: Desk, *, nonce: bytes, language: str) -> Given:
    """Write a statement of reasons and return it with its code, here and nowhere again.

    The same ``nonce`` gives the same code, so that a form sent twice is one statement.
    """
    held = cases.keys_of(case_id, desk, why="give a statement of reasons")
    check_said(said)
    check_tells_nothing(said.own_words, protected=held.protected, reported=held.said)
    code = CaseCode.from_nonce(nonce)
    key = code.reporter
    now = clock.this_minute()
    text = wording.statement(said, until=last_moment(now), language=language)
    given = Given(text, code, last_moment(now))
    if Statement.objects.filter(tag=key.recipient_id).exists():
        return given
    # One that a reporter's own appeal made has no lock of ours and opens one conversation only.
    whole = ReviewFile.objects.filter(case_id=case_id, locks__isnull=False)
    file = whole.order_by("made_at", "id").last() or keep_for_review(case_id, desk)
    check_somebody([file] if file else [])
    assert file is not None, "checked above"
    statement = Statement(id=new_id(), file=file, tag=key.recipient_id, given_at=now)
    paper = StatementPaper(said, text, language)
    statement.sealed = STATEMENT.seal_under(paper, key.key, statement.id)
    inner = _inner(file, held)
    statement.sealed_lock = boxes.sealed_under(key.key, inner, place_of_statement_lock(statement.id))
    statement.save(force_insert=True)
    work.add_note(case_id, text, desk)
    audit.record(desk.actor, "statement.given", case_id)
    return given


def _inner(file: ReviewFile, held: cases.CaseKeys) -> bytes:
    lock = ReviewLock.objects.filter(file=file, report_id__in=held.conversations).first()
    assert lock is not None, "each review file of a whole case has a lock for each of its reports"
    return held.conversations[lock.report_id].read(bytes(lock.sealed), place_of_lock(lock.id))
