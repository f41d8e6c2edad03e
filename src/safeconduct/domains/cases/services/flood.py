"""Floods: lowering many alike reports in one act with one reason, and saying that there is a flood."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import services as audit
from safeconduct.domains.cases import door
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import COVER, WorkKind
from safeconduct.domains.cases.queries.crowding import FEWEST
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Severity, Stage, check_lowering
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.channel import CHANNEL, check_lead
from safeconduct.domains.cases.services.deeds import OpenCase
from safeconduct.domains.cases.services.urgency import set_severity
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import DoesNotOpen
from safeconduct.vault import services as vault

log = structlog.get_logger()


@dataclass(frozen=True)
class Lowered:
    """How many cases of a group were lowered, and the numbers of those that would not open and were left."""

    count: int
    left: tuple[str, ...] = ()


@transaction.atomic
def lower(group_id: UUID, *, severity: Severity, reason: str, desk: Desk) -> Lowered:
    """Lower every case of a group that nobody has taken; imminent harm only as a lead, and never fewer than three.

    What colleagues work on already, and what this desk cannot open, is left as it is. A damaged case is left too and
    named, so that one of them cannot hold up the flood.
    """
    check_staff(desk)
    found = reachable_cases(desk.ring).filter(group=group_id, assignee__isnull=True, stage=Stage.NEW.value)
    cases = [*found.select_for_update().order_by("id")]
    if not cases:
        raise NotAllowed
    if len(cases) < FEWEST:
        # One or two may each be true, and lowered here nobody would hold them after.
        sentence = "Fewer than three of these wait, and that is no flood. Take each and assess it by itself."
        raise Refused("group.too-few", sentence)
    above = [case for case in cases if Severity(case.severity).above(severity)]
    if not above:
        raise Refused("group.not-lower", "None of these cases is above that severity. Choose a lower one.")
    if min(Severity(case.severity) for case in above) is Severity.P0 and not desk.may(Role.LEAD):
        sentence = "Some of these may be in imminent danger, so only a lead lowers them together. Ask a lead."
        raise Refused("group.lead-lowers", sentence)
    check_lowering(min(Severity(case.severity) for case in above), severity, reason)
    lowered, left = _opened(above, desk)
    for held in lowered:
        _lower(held, severity, reason)
    if lowered:
        audit.record(desk.actor, "group.lowered", group_id)
    return Lowered(len(lowered), tuple(left))


def _opened(cases: Sequence[Case], desk: Desk) -> tuple[list[OpenCase], list[str]]:
    works = vault.open([case.work for case in cases], ring=desk.ring, why="lower a group of reports")
    opened: list[OpenCase] = []
    left: list[str] = []
    for case in cases:
        try:
            work = works[case.work]
            opened.append(OpenCase(case, desk, work, COVER.read(case.sealed_cover, work, case.id, case.revision)))
        except (KeyError, DoesNotOpen):
            log.warning("case.damaged", case=str(case.id))
            left.append(case.number)
    return opened, left


def _lower(held: OpenCase, severity: Severity, reason: str) -> None:
    now = clock.this_minute()
    held.write(WorkKind.LOWERED, reason)
    held.change_cover(assessed_as=severity, assessed_why=reason, assessed_by=held.desk.member_id, assessed_at=now)
    set_severity(held.case, held.reports, severity, now=now)
    held.save()
    held.tell_of_promises(Deed.REPORT_LOWERED)


@transaction.atomic
def say_flood(on: bool | None, desk: Desk) -> None:  # noqa: FBT001 - three states; None leaves it to the count
    """Say that there is a flood, that there is none, or that the count is to tell. Lasts until the service ends."""
    check_lead(desk)
    door.set_flood(on)
    audit.record(desk.actor, "channel.flood-set", CHANNEL)
