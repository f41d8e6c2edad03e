"""What a conversation says of who stands behind it, for whoever holds a key to it. It never says who that is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.queries.cases import verbs_for
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import Verb
from safeconduct.domains.defenders import queries as defenders
from safeconduct.domains.defenders.views import Known
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring
from safeconduct.vault import services as vault

# Whoever opens a conversation can prove why it was opened, so what is done on these pages opens it as a look does.
BY_STAFF, BY_ONESELF = "see which reporter is enrolled", "see who asked for one's name"


@dataclass(frozen=True)
class ReporterKnown:
    """One report of a case, and what its conversation says of who wrote it; None for nobody known."""

    report_id: UUID
    received_at: datetime
    known: Known | None


@dataclass(frozen=True)
class ReportersOf:
    """The reporters of a case, as far as they chose to be known."""

    case_id: UUID
    number: str
    may_enrol: bool
    reporters: tuple[ReporterKnown, ...]


def reporters_of(case_id: UUID, desk: Desk) -> ReportersOf:
    """Return what is known of a case's reporters; ``NotAllowed`` alike when it is missing and cannot be opened."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    return ReportersOf(case.id, case.number, Verb.NOTE in verbs_for(case, desk), _reporters(case, desk.ring))


def _reporters(case: Case, ring: Keyring) -> tuple[ReporterKnown, ...]:
    reports = [*case.reports.order_by("received_at", "id")]
    opened = vault.open({each.conversation for each in reports}, ring=ring, why=BY_STAFF)
    return tuple(
        ReporterKnown(each.id, each.received_at, defenders.known_in(opened[each.conversation]))
        for each in reports
        if each.conversation in opened
    )


def known_to_reporter(report_id: UUID, ring: Keyring) -> Known | None:
    """Return what we keep of a reporter and who asked for it, for themselves."""
    report = reachable_reports(ring).filter(pk=report_id).first()
    if report is None:
        raise NotAllowed
    opened = vault.open_one(report.conversation, ring=ring, why=BY_ONESELF)
    return defenders.known_in(opened)
