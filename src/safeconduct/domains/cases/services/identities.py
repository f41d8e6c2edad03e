"""Who a reporter is, if they wish us to know: opens the conversation, and asks the room that keeps identities."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.queries.identities import BY_ONESELF, BY_STAFF
from safeconduct.domains.cases.queries.reach import reachable_cases
from safeconduct.domains.cases.rules import Stage, Verb, check_open
from safeconduct.domains.cases.services.deeds import OpenCase, OpenReport, open_case, open_report
from safeconduct.domains.defenders import services as defenders
from safeconduct.domains.defenders.views import Reading
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring
from safeconduct.vault import services as vault


@transaction.atomic
def enrol(case_id: UUID, report_id: UUID, told: defenders.Told, desk: Desk) -> str:
    """Keep, as a defender told and agreed, who stands behind a report of this case; return the pseudonym."""
    held, opened = _held(case_id, report_id, desk)
    exclude = held.cover.exclusions
    return defenders.enrol(opened.conversation, told, case_number=held.case.number, exclude=exclude, by=desk.actor)


@transaction.atomic
def enrol_oneself(report_id: UUID, told: defenders.Told, *, ring: Keyring, by: Actor) -> str:
    """Keep who a reporter is, as they typed it themselves: nobody of ours has read it. Return the pseudonym."""
    opened = open_report(report_id, ring, why=BY_ONESELF)
    if by.id != report_id:
        raise NotAllowed
    check_open(Stage(opened.case.stage))
    exclude = opened.told.answers.exclusions
    return defenders.enrol(opened.conversation, told, case_number=opened.case.number, exclude=exclude, by=by)


@transaction.atomic
def tie_report(case_id: UUID, report_id: UUID, pseudonym: str, how: str, desk: Desk) -> None:
    """Say that a report of this case is by somebody who is enrolled under a pseudonym."""
    held, opened = _held(case_id, report_id, desk)
    # Two reports of one case may keep out different colleagues, and each wish counts.
    exclude = opened.told.answers.exclusions or held.cover.exclusions
    number = held.case.number
    defenders.tie_report(opened.conversation, pseudonym, how=how, case_number=number, exclude=exclude, by=desk.actor)


@transaction.atomic
def ask(case_id: UUID, report_id: UUID, reason: str, desk: Desk) -> UUID:
    """Ask the benches who stands behind a report of this case."""
    opened = _reached(case_id, report_id, desk)
    return defenders.ask_from(opened.conversation, reason, by=desk)


@transaction.atomic
def read_once(asking_id: UUID, desk: Desk) -> Reading:
    """Read who somebody is, once, with the numbers of those of their cases that this desk can open, and of no other.

    What keeps the reader out, what others work on and what is erased is left out alike, and nothing says that it is.
    """
    read = defenders.read_once(asking_id, by=desk)
    numbers = {each.number for each in read.cases}
    open_to_them = {*reachable_cases(desk.ring).filter(number__in=numbers).values_list("number", flat=True)}
    return replace(read, cases=tuple(each for each in read.cases if each.number in open_to_them))


@transaction.atomic
def let_go(case_ids: Collection[UUID], desk: Desk) -> None:
    """Forget whose these cases are, before they are erased: with the reports gone, nobody finds that out any more."""
    reports = Report.objects.filter(case__in=case_ids).values_list("conversation", flat=True)
    for opened in vault.open([*reports], ring=desk.ring, why=BY_STAFF).values():
        defenders.let_go(opened)


@transaction.atomic
def erase_oneself(report_id: UUID, *, ring: Keyring, by: Actor) -> None:
    """Forget who a reporter is, by their own hand alone: whoever read it could else destroy the trace of the reading.

    A closed case keeps nobody from it.
    """
    opened = open_report(report_id, ring, why=BY_ONESELF)
    if by.id != report_id:
        raise NotAllowed
    defenders.erase(opened.conversation)


def _held(case_id: UUID, report_id: UUID, desk: Desk) -> tuple[OpenCase, OpenReport]:
    held = open_case(case_id, desk, why=BY_STAFF)
    held.must(Verb.NOTE)
    return held, _of_case(case_id, report_id, desk)


def _reached(case_id: UUID, report_id: UUID, desk: Desk) -> OpenReport:
    open_case(case_id, desk, why=BY_STAFF)
    return _of_case(case_id, report_id, desk)


def _of_case(case_id: UUID, report_id: UUID, desk: Desk) -> OpenReport:
    opened = open_report(report_id, desk.ring, why=BY_STAFF)
    if opened.report.case_id != case_id:
        raise NotAllowed
    return opened
