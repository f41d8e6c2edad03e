"""Floods: lowering many alike reports in one act with one reason, and saying that there is a flood."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases import door
from safeconduct.domains.cases.papers import COVER, WorkKind
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Severity, Stage, check_lowering
from safeconduct.domains.cases.services.channel import CHANNEL, check_lead
from safeconduct.domains.cases.services.deeds import OpenCase
from safeconduct.domains.cases.services.urgency import set_severity
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import services as vault


@transaction.atomic
def lower(group_id: UUID, *, severity: Severity, reason: str, desk: Desk) -> int:
    """Lower every case of a group that nobody has taken, and return how many there were.

    What colleagues work on already, and what this desk cannot open, is left as it is.
    """
    check_staff(desk)
    found = reachable_cases(desk.ring).filter(group=group_id, assignee__isnull=True, stage=Stage.NEW.value)
    cases = [*found.select_for_update().order_by("id")]
    if not cases:
        raise NotAllowed
    opened = vault.open([case.work for case in cases], ring=desk.ring, why="lower a group of reports")
    lowered = [case for case in cases if Severity(case.severity).above(severity)]
    if not lowered:
        raise Refused("group.not-lower", "None of these cases is above that severity. Choose a lower one.")
    check_lowering(min(Severity(case.severity) for case in lowered), severity, reason)
    for case in lowered:
        held = OpenCase(
            case, desk, opened[case.work], COVER.read(case.sealed_cover, opened[case.work], case.id, case.revision)
        )
        _lower(held, severity, reason)
    audit.record(desk.actor, "group.lowered", group_id, facts={"cases": len(lowered), "severity": severity.value})
    return len(lowered)


def _lower(held: OpenCase, severity: Severity, reason: str) -> None:
    now = clock.this_minute()
    held.write(WorkKind.LOWERED, reason)
    held.change_cover(assessed_as=severity, assessed_why=reason, assessed_by=held.desk.member_id, assessed_at=now)
    set_severity(held.case, held.reports, severity, now=now)
    held.save()
    held.tell_of_reports("report.lowered", severity=severity.value)


@transaction.atomic
def say_flood(on: bool | None, desk: Desk) -> None:  # noqa: FBT001 - three states; None leaves it to the count
    """Say that there is a flood, that there is none, or that the count is to tell. Lasts until this process ends."""
    check_lead(desk)
    door.set_flood(on)
    audit.record(desk.actor, "channel.flood-set", CHANNEL, facts={"on": "by count" if on is None else str(on)})
