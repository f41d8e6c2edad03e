"""Which report an account or an act belongs to, for staff who can open the case."""

from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import told_in
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.safety import queries as safety
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Opened
from safeconduct.vault import services as vault


def report_acted_on(case_id: UUID, account: AccountRef, desk: Desk) -> UUID:
    """Return the report that names an account as one to protect, or the case's first one."""
    reports = reports_for(case_id, desk)
    opened = _opened(reports, desk)
    for report in reports:
        told = told_in(report, opened[report.conversation]).answers.accounts
        if any(each.mine and (each.platform, each.handle) == (account.platform, account.handle) for each in told):
            return report.id
    return reports[0].id


def report_of_bundle(case_id: UUID, bundle_id: UUID, desk: Desk) -> UUID:
    """Return the report whose conversation holds an order."""
    reports = reports_for(case_id, desk)
    opened = _opened(reports, desk)
    for report in reports:
        if any(each.id == bundle_id for each in safety.bundles_for(report.id, opened)):
            return report.id
    raise NotAllowed


def opened_whole(case_id: UUID, desk: Desk, *, why: str) -> dict[UUID, Opened]:
    """Return the opened work file and conversations of a case, by envelope: whatever an act may be sealed to."""
    conversations = _opened(reports_for(case_id, desk), desk, why)
    work = reachable_cases(desk.ring).get(pk=case_id).work
    return conversations | vault.open([work], ring=desk.ring, why=why)


def reports_for(case_id: UUID, desk: Desk) -> list[Report]:
    """Return the reports of a case that this desk can open, oldest first."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    return [*case.reports.order_by("received_at", "id")]


def _opened(reports: list[Report], desk: Desk, why: str = "act on the account") -> dict[UUID, Opened]:
    opened = vault.open([report.conversation for report in reports], ring=desk.ring, why=why)
    if len(opened) != len(reports):
        raise NotAllowed
    return opened
