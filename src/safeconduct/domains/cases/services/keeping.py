"""Holding a case, so that nothing of it is erased, and erasing one before its time: always two people and a reason."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases.models import Case, ErasureWish, Hold
from safeconduct.domains.cases.papers import HOLD, WISH, HoldPaper, Letter, WishPaper
from safeconduct.domains.cases.queries.due import about_case, is_needed
from safeconduct.domains.cases.queries.keeping import is_held
from safeconduct.domains.cases.rules import Sender, Stage, to_the_day
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.rules.keeping import (
    check_erasable,
    check_lifted_alone,
    check_not_asked_lately,
    check_reason,
    check_review_day,
    check_still_waits,
    check_two,
)
from safeconduct.domains.cases.services.deeds import OpenCase, open_case, open_reports, ring_after_commit
from safeconduct.domains.cases.services.erasing import erase_case
from safeconduct.domains.cases.services.identities import let_go
from safeconduct.domains.cases.services.letters import write_letter
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id


@transaction.atomic
def ask_hold(case_id: UUID, desk: Desk, *, reason: str, review_on: date, words_for_reporter: str = "") -> UUID:
    """Ask that nothing of a case is erased. It holds from now on, for a week, until a second person agrees.

    ``words_for_reporter`` are written to them once it stands; none where the law forbids it.
    """
    held = open_case(case_id, desk, why="hold the case")
    check_reason(reason)
    check_review_day(review_on, _today())
    mine = held.case.holds.filter(asked_by=desk.member_id, agreed_on__isnull=True).order_by("-asked_on")
    check_not_asked_lately(mine.values_list("asked_on", flat=True).first(), _today())
    paper = HoldPaper(reason.strip(), words_for_reporter.strip(), desk.may(Role.LEAD))
    row = Hold(id=new_id(), case=held.case, asked_by=desk.member_id, asked_on=_today(), review_on=review_on)
    row.sealed = HOLD.seal(paper, held.work, row.id)
    row.save(force_insert=True)
    held.tell(Deed.HOLD_ASKED)
    return row.id


@transaction.atomic
def agree_hold(hold_id: UUID, desk: Desk) -> None:
    """Let a hold stand, as the second of two people, one of them a lead; tell reporters what they may be told."""
    row, held = _hold(hold_id, desk, why="agree to a hold")
    paper = HOLD.read(row.sealed, held.work, row.id, row.revision)
    if row.agreed_on is not None:
        return
    check_still_waits(row.asked_on, _today())
    check_two(row.asked_by, desk.member_id, a_lead=paper.asked_by_lead or desk.may(Role.LEAD))
    row.agreed_by, row.agreed_on = desk.member_id, _today()
    row.save(update_fields=["agreed_by", "agreed_on"])
    if paper.words_for_reporter:
        _tell_reporters(held, paper.words_for_reporter, row.asked_by)
    held.tell(Deed.HOLD_AGREED)


@transaction.atomic
def lift_hold(hold_id: UUID, desk: Desk, *, reason: str) -> None:
    """End a hold that no second person has agreed to, as a lead or as whoever asked for it."""
    row, held = _hold(hold_id, desk, why="lift a hold")
    check_reason(reason)
    mine = row.asked_by == desk.member_id
    check_lifted_alone(agreed=row.agreed_on is not None, asked_by_me=mine, a_lead=desk.may(Role.LEAD))
    _write(row, held, lifted_because=reason.strip())
    _end(row, held)


@transaction.atomic
def ask_lift(hold_id: UUID, desk: Desk, *, reason: str) -> None:
    """Ask that a hold ends to which two people agreed. It holds on until somebody else agrees."""
    row, held = _hold(hold_id, desk, why="ask to lift a hold")
    check_reason(reason)
    if row.agreed_on is None:
        raise NotAllowed
    row.lift_asked_by, row.lift_asked_on = desk.member_id, _today()
    _write(row, held, lifted_because=reason.strip(), lift_asked_by_lead=desk.may(Role.LEAD))
    held.tell(Deed.HOLD_LIFT_ASKED)


@transaction.atomic
def agree_lift(hold_id: UUID, desk: Desk) -> None:
    """End a hold, as the second of two people, one of them a lead."""
    row, held = _hold(hold_id, desk, why="agree to lift a hold")
    if row.lift_asked_by is None:
        raise NotAllowed
    paper = HOLD.read(row.sealed, held.work, row.id, row.revision)
    check_two(row.lift_asked_by, desk.member_id, a_lead=paper.lift_asked_by_lead or desk.may(Role.LEAD))
    _end(row, held)


@transaction.atomic
def withdraw_lift(hold_id: UUID, desk: Desk) -> None:
    """Let a hold stand after all, whoever asked to lift it."""
    row, held = _hold(hold_id, desk, why="let a hold stand")
    if row.lift_asked_by is None:
        raise NotAllowed
    row.lift_asked_by, row.lift_asked_on = None, None
    _write(row, held, lifted_because="", lift_asked_by_lead=False)
    held.tell(Deed.HOLD_LIFT_WITHDRAWN)


def _write(row: Hold, held: OpenCase, **changes: Any) -> None:  # noqa: ANN401 - the fields of HoldPaper
    paper = replace(HOLD.read(row.sealed, held.work, row.id, row.revision), **changes)
    row.revision += 1
    row.sealed = HOLD.seal(paper, held.work, row.id, row.revision)
    row.save(update_fields=["revision", "sealed", "lift_asked_by", "lift_asked_on"])


def _end(row: Hold, held: OpenCase) -> None:
    row.ended_by, row.ended_on = held.desk.member_id, _today()
    row.save(update_fields=["ended_by", "ended_on"])
    held.tell(Deed.HOLD_LIFTED)


@transaction.atomic
def ask_erasure(case_id: UUID, desk: Desk, *, reason: str) -> UUID:
    """Ask that a closed case is erased before its time, because a person or a law wants it."""
    held = open_case(case_id, desk, why="ask to erase the case")
    check_reason(reason)
    _check_erasable(held)
    held.case.erasure_wishes.filter(ended_on=None).update(ended_on=_today())
    row = ErasureWish(id=new_id(), case=held.case, asked_by=desk.member_id, asked_on=_today())
    row.sealed = WISH.seal(WishPaper(reason.strip(), desk.may(Role.LEAD)), held.work, row.id)
    row.save(force_insert=True)
    held.tell(Deed.ERASURE_ASKED)
    return row.id


@transaction.atomic
def agree_erasure(wish_id: UUID, desk: Desk) -> date:
    """Erase a case, as the second of two people, one of them a lead; return when no backup can hold it any more."""
    row, held = _wish(wish_id, desk, why="erase the case")
    paper = WISH.read(row.sealed, held.work, row.id)
    check_two(row.asked_by, desk.member_id, a_lead=paper.asked_by_lead or desk.may(Role.LEAD))
    _check_erasable(held)
    row.agreed_by, row.ended_on = desk.member_id, _today()
    row.save(update_fields=["agreed_by", "ended_on"])
    held.tell(Deed.ERASURE_AGREED)
    let_go(about_case(held.case.id), desk)
    return erase_case(held.case.id, by=desk.actor)


@transaction.atomic
def withdraw_erasure(wish_id: UUID, desk: Desk) -> None:
    """Let a case be after all."""
    row, held = _wish(wish_id, desk, why="let the case be")
    row.ended_on = _today()
    row.save(update_fields=["ended_on"])
    held.tell(Deed.ERASURE_WITHDRAWN)


def _hold(hold_id: UUID, desk: Desk, *, why: str) -> tuple[Hold, OpenCase]:
    held = _case_of(Hold.objects.filter(pk=hold_id), desk, why=why)
    row = Hold.objects.select_for_update().filter(pk=hold_id, case=held.case, ended_on=None).first()
    if row is None:
        raise NotAllowed
    return row, held


def _wish(wish_id: UUID, desk: Desk, *, why: str) -> tuple[ErasureWish, OpenCase]:
    held = _case_of(ErasureWish.objects.filter(pk=wish_id), desk, why=why)
    row = ErasureWish.objects.select_for_update().filter(pk=wish_id, case=held.case, ended_on=None).first()
    if row is None:
        raise NotAllowed
    return row, held


def _case_of(asked: "QuerySet[Any]", desk: Desk, *, why: str) -> OpenCase:
    # The case first, then what was asked, read anew: whoever waited for the lock must see what was done meanwhile.
    case_id = asked.values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotAllowed
    return open_case(case_id, desk, why=why)


def _check_erasable(held: OpenCase) -> None:
    case = held.case
    about = about_case(case.id)
    closed = not Case.objects.filter(pk__in=about).exclude(stage=Stage.CLOSED.value).exists()
    check_erasable(closed=closed, held=is_held([case.id]), needed=is_needed(about))


def _tell_reporters(held: OpenCase, words: str, written_by: UUID) -> None:
    name = accounts.names_for({written_by}).get(written_by, "")
    for each in open_reports(held.reports, held.desk.ring, why="tell of a hold"):
        row = write_letter(each, Letter(Sender.US, name, words, clock.this_minute()))
        if held.stage is Stage.CLOSED:
            each.report.messages.filter(pk=row).update(at=to_the_day(clock.now()))
        ring_after_commit(each.told)


def _today() -> date:
    return clock.now().date()
