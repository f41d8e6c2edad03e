"""Promising a remedy to a reporter, and delivering it with what shows that it was done."""

from datetime import date
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.services import reviewed
from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.remedy.models import Promise
from safeconduct.domains.remedy.papers import DELIVERED, PROMISED, Delivered, Promised
from safeconduct.domains.remedy.rules import Remedy, check_promise, check_proof, due_on
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import services as vault


@transaction.atomic
def promise(case_id: UUID, report_id: UUID, kind: Remedy, words: str, desk: Desk, *, key: UUID) -> UUID:
    """Promise a reporter something from the catalogue. They read it at once, with the day by which it is due.

    The same ``key`` twice is one promise.
    """
    reviewed.lock_case(case_id)
    view = _report(case_id, report_id, desk)
    already = Promise.objects.filter(pk=key).first()
    if already is not None:
        if already.report_id != report_id:
            raise NotAllowed
        return key
    check_promise(words)
    if view.decision is None:
        raise Refused("remedy.nothing-decided", "Decide the case first. A remedy follows from what was decided.")
    today = clock.now().date()
    row = Promise(id=key, report_id=report_id, envelope=view.conversation, promised_on=today)
    row.due_on = due_on(kind, today)
    opened = vault.open_one(view.conversation, ring=desk.ring, why="promise a remedy")
    row.sealed = PROMISED.seal(Promised(kind, words, desk.display_name), opened, row.id)
    row.save(force_insert=True)
    audit.record(desk.actor, "remedy.promised", report_id)
    return row.id


@transaction.atomic
def deliver(case_id: UUID, promise_id: UUID, proof: str, desk: Desk, *, on: date | None = None) -> None:
    """Say that a remedy was delivered, and what shows it."""
    row = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if row is None:
        raise NotAllowed
    _report(case_id, row.report_id, desk)
    check_proof(proof)
    if row.delivered_on is not None:
        raise Refused("remedy.delivered", "This was delivered already.")
    row.delivered_on = min(on or clock.now().date(), clock.now().date())
    opened = vault.open_one(row.envelope, ring=desk.ring, why="deliver a remedy")
    row.sealed_proof = DELIVERED.seal(Delivered(proof, desk.display_name, clock.this_minute()), opened, row.id)
    row.save(update_fields=["delivered_on", "sealed_proof"])
    audit.record(desk.actor, "remedy.delivered", row.report_id)


def _report(case_id: UUID, report_id: UUID, desk: Desk) -> ConversationView:
    """Return the report for those who work on its case; reporters and partners promise nothing."""
    cases.case_for(case_id, desk)
    view = cases.conversation_for(report_id, desk.ring)
    if view.case_id != case_id:
        raise NotAllowed
    return view
