"""A partner's own reports: theirs by key, since nothing in the tables says whose they are."""

import structlog

from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import TOLD, Times, Told
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.queries.letters import times_of
from safeconduct.domains.cases.queries.reach import reachable_reports
from safeconduct.domains.cases.rules import OriginKind, Outcome, Severity, Stage
from safeconduct.domains.cases.values import Answers
from safeconduct.domains.cases.views import PartnerRow
from safeconduct.kernel import clock
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import DoesNotOpen, Keyring, Opened
from safeconduct.vault import services as vault

log = structlog.get_logger()

PARTNERS = frozenset({ActorKind.PARTNER_MEMBER, ActorKind.PARTNER_PROGRAM})
MOST_ROWS = 200


def reports_for_partner(ring: Keyring, limit: int = 50) -> list[PartnerRow]:
    """Return the newest reports of the partner whose ring this is."""
    if ring.actor.kind not in PARTNERS:
        raise NotAllowed
    found = reachable_reports(ring).select_related("case").order_by("-received_at", "-id")
    reports = [*found[: min(limit, MOST_ROWS)]]
    opened = vault.open([each.conversation for each in reports], ring=ring, why="list our reports")
    return [_row(each, opened[each.conversation]) for each in reports if each.conversation in opened]


def _row(report: Report, opened: Opened) -> PartnerRow:
    case = report.case
    told, times = _read(report, opened)
    stage = Stage(case.stage)
    return PartnerRow(
        report_id=report.id,
        case_id=case.id,
        number=case.number,
        reference=told.reference,
        stage=stage,
        severity=Severity(case.severity),
        outcome=Outcome(case.outcome) if case.outcome and stage in {Stage.DECIDED, Stage.CLOSED} else None,
        received_at=times.received_at,
        clocks=times.clocks,
        language=told.answers.language,
        happened=told.answers.happened,
        late=any(each.late(clock.now()) for each in times.clocks if each.kept_at is None),
    )


def _read(report: Report, opened: Opened) -> tuple[Told, Times]:
    try:
        return TOLD.read(report.sealed, opened, report.id), times_of(report, opened)
    except DoesNotOpen:
        # One row that somebody damaged must not hide the others. What stands in clear is still shown of it.
        log.warning("report.damaged", report=str(report.id))
        told = Told(Answers(language=report.case.language), OriginKind.PARTNER)
        return told, Times(report.received_at, clocks_of(report, report.case))
