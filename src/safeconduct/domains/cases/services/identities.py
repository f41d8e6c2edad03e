"""Who a reporter is, if they wish us to know: opens the conversation, and asks the room that keeps identities."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries.identities import BY_ONESELF, BY_STAFF
from safeconduct.domains.cases.rules import Stage, Verb, check_open
from safeconduct.domains.cases.services.deeds import OpenCase, OpenReport, open_case, open_report
from safeconduct.domains.defenders import services as defenders
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring


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
