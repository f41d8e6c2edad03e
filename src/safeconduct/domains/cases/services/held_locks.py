"""A lock that was ordered and waits for a person: the case is as urgent as one whose account is being taken."""

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.rules import ClockKind, Severity, Stage, first_due
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import save_case
from safeconduct.domains.cases.services.urgency import on_clock, promise_on, set_severity
from safeconduct.domains.safety.events import LockHeld
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE


@transaction.atomic
def raise_its_case(fact: LockHeld) -> None:
    """Owe an answer by the clock of a grave case, which calls people by itself when nobody comes."""
    case = Case.objects.select_for_update().filter(reports=fact.case_id).first()
    if case is None or case.stage == Stage.CLOSED.value:
        return
    reports = [*case.reports.select_for_update().order_by("received_at", "id")]
    if Severity.P1.above(Severity(case.severity)):
        set_severity(case, reports, Severity.P1, now=clock.now())
    for report in reports:
        report.case = case
        if report.id == fact.case_id:
            _owe_an_answer(report, Severity(case.severity))
    save_case(case)


def _owe_an_answer(report: Report, severity: Severity) -> None:
    if report.replied_at is not None and report.answer_due is None:
        report.asked_at = clock.this_minute()
        report.answer_due = first_due(severity, ClockKind.ANSWER, report.asked_at)
        report.save(update_fields=["asked_at", "answer_due"])
    audit.record(BY_RULE, Deed.REPORT_RAISED, report.id, facts=on_clock(report, **promise_on(report)))
