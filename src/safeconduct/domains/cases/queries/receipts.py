"""What whoever filed a report was given, for whoever holds its code or the nonce of its form."""

from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.values import Receipt
from safeconduct.vault import CaseCode


def receipt_for(code: CaseCode) -> Receipt | None:
    """Return the receipt of a code's report; None where there is no such report, or its way in was closed."""
    report = Report.objects.select_related("case").filter(reporter=code.reporter.recipient_id).first()
    return receipt_of(report, code, first=False) if report else None


def receipt_of(report: Report, code: CaseCode, *, first: bool) -> Receipt:
    """Return the receipt of a report."""
    return Receipt(
        code=code,
        report_id=report.id,
        case_id=report.case_id,
        number=report.case.number,
        severity=Severity(report.case.severity),
        received_at=report.received_at,
        reply_due=report.reply_due,
        settle_due=report.case.settle_due,
        first=first,
    )
