"""Reads the promises on a report from its columns."""

from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.rules import Clock, ClockKind


def clocks_of(report: Report, case: Case) -> tuple[Clock, ...]:
    """Return the promises on one report: the first reply, the answer owed to a later message, the end of the harm."""
    clocks = [Clock(ClockKind.REPLY, report.received_at, report.reply_due, report.replied_at)]
    if report.asked_at is not None and report.answer_due is not None:
        clocks.append(Clock(ClockKind.ANSWER, report.asked_at, report.answer_due))
    clocks.append(Clock(ClockKind.SETTLE, report.received_at, case.settle_due, case.settled_at))
    return tuple(clocks)
