"""Having a platform put a statement of reasons into the account it is about, so that nobody here reads its code."""

import secrets
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.connectors.port import AccountRef, ActKind, same_handle
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.cases.queries import handed_on
from safeconduct.domains.cases.services import reviewed
from safeconduct.domains.remedy.models import StatementNotice
from safeconduct.domains.remedy.papers import (
    NOTICE_PARCEL,
    NOTICE_RECORD,
    NoticeParcel,
    NoticeRecord,
    place_of_record_key,
)
from safeconduct.domains.remedy.rules import Delivery, Said, check_sent_to
from safeconduct.domains.remedy.services.statements import written
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import CaseCode, outbox
from safeconduct.vault import services as vault

KEY_BYTES = 32


def send_statement(case_id: UUID, said: Said, to: AccountRef, desk: Desk, *, key: UUID, language: str) -> None:
    """Order that the platform hands a statement to the owner of an account. The same ``key`` twice is one statement.

    Its code is made here, sealed to the worker in the same breath and kept nowhere: it stands in the notice alone.
    """
    named = bool(to.platform.strip() and to.handle.strip())
    # Asked before anything is locked: a silent platform must not hold up the case.
    takes = named and connector_for(to.platform).capabilities().can(ActKind.NOTICE_SEND)
    check_sent_to(named=named, theirs=False, takes_notices=takes)
    _order(case_id, said, to, desk, key=key, language=language)


@transaction.atomic
def _order(case_id: UUID, said: Said, to: AccountRef, desk: Desk, *, key: UUID, language: str) -> None:
    reviewed.lock_case(case_id)
    held = handed_on.keys_of(case_id, desk, why="send a statement of reasons")
    already = StatementNotice.objects.filter(pk=key).first()
    if already is not None:
        if already.case_id != case_id:
            raise NotAllowed
        return
    theirs = any(same_handle(to.handle, each) for each in held.protected)
    check_sent_to(named=True, theirs=theirs, takes_notices=True)
    code = CaseCode.from_nonce(secrets.token_bytes(KEY_BYTES))
    statement, paper = written(case_id, said, code, held, desk, language=language)
    row = StatementNotice(id=key, statement=statement, case_id=case_id, envelope=held.work)
    _seal(row, to, "\n".join((paper.text, "", *code.lines)), desk)
    row.save(force_insert=True)
    audit.record(desk.actor, "statement.ordered", case_id)


def _seal(row: StatementNotice, to: AccountRef, words: str, desk: Desk) -> None:
    record_key, now = secrets.token_bytes(KEY_BYTES), clock.now()
    parcel = NoticeParcel(record_key.hex(), to, words, now)
    row.outbox_key_id, row.sealed_parcel = outbox.seal_order(NOTICE_PARCEL.write(parcel))
    row.state, row.ordered_at = Delivery.ORDERED.value, now.replace(second=0, microsecond=0)
    work = vault.open_one(row.envelope, ring=desk.ring, why="send a statement of reasons")
    row.sealed_record_key = work.seal(record_key, place_of_record_key(row.id))
    row.sealed_record = NOTICE_RECORD.seal_under(NoticeRecord(to), record_key, row.id)
