"""Making a case more or less urgent, and what that does to its promises."""

from collections.abc import Iterable
from datetime import datetime

from safeconduct.audit.confided import Confided
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.rules import ClockKind, Severity, due_when_lowered, due_when_raised
from safeconduct.domains.cases.rules.promises import promised
from safeconduct.vault import confiding


def set_severity(case: Case, reports: Iterable[Report], to: Severity, *, now: datetime) -> None:
    """Change the severity and every promise that still runs; the caller saves the case.

    A raised case is due sooner, counted from now; a lowered one later, counted from when the promise began.
    """
    before = Severity(case.severity)
    if to is before:
        return
    raised = to.above(before)
    for report in reports:
        _change_report(report, to, now=now, raised=raised)
    if case.settled_at is None:
        case.settle_due = _due(case.settle_due, to, ClockKind.SETTLE, case.received_at, now=now, raised=raised)
    case.severity = to.value
    case.imminent_since = now if to is Severity.P0 else None


def promise_on(report: Report) -> dict[str, str]:
    """Return what the record is committed to about a report's promises, as they stand now."""
    case = report.case
    return promised(Severity(case.severity), reply_due=report.reply_due, settle_due=case.settle_due)


def on_clock(report: Report, **facts: str | int) -> Confided:
    """Confide facts of an entry to whoever opens the report's conversation; the writer need not."""
    return confiding.to(bytes(report.clock_key), **facts)


def _change_report(report: Report, to: Severity, *, now: datetime, raised: bool) -> None:
    if report.replied_at is None:
        report.reply_due = _due(report.reply_due, to, ClockKind.REPLY, report.received_at, now=now, raised=raised)
    if report.answer_due is not None and report.asked_at is not None:
        report.answer_due = _due(report.answer_due, to, ClockKind.ANSWER, report.asked_at, now=now, raised=raised)
    report.save(update_fields=["reply_due", "answer_due"])


def _due(
    due_at: datetime, to: Severity, kind: ClockKind, started_at: datetime, *, now: datetime, raised: bool
) -> datetime:
    return due_when_raised(due_at, to, kind, now) if raised else due_when_lowered(due_at, to, kind, started_at)
