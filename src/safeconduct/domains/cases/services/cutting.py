"""Cutting the times of a case to the day once it is closed; the exact ones go under the seals."""

from collections.abc import Iterable

from safeconduct.domains.cases.models import Case, Message, WorkEntry
from safeconduct.domains.cases.papers import TIMES, Times
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.rules import to_the_day
from safeconduct.domains.cases.services.deeds import OpenReport
from safeconduct.kernel import clock


def cut_case(case: Case) -> None:
    """Leave only days in the columns of a case that is being closed; the caller saves it."""
    case.received_at, case.settle_due = to_the_day(case.received_at), to_the_day(case.settle_due)
    case.settled_at = to_the_day(case.settled_at) if case.settled_at else None
    case.imminent_since = None
    case.closed_at = to_the_day(clock.now())
    _cut(case.entries.all())


def cut_report(held: OpenReport) -> None:
    """Seal the exact times of a report into its conversation and leave only days in its columns."""
    report = held.report
    times = Times(report.received_at, clocks_of(report, held.case))
    report.sealed_times = TIMES.seal(times, held.conversation, report.id)
    report.received_at, report.reply_due = to_the_day(report.received_at), to_the_day(report.reply_due)
    report.replied_at = to_the_day(report.replied_at) if report.replied_at else None
    report.asked_at = report.answer_due = None
    report.save(update_fields=["sealed_times", "received_at", "reply_due", "replied_at", "asked_at", "answer_due"])
    _cut(report.messages.all())


def _cut(rows: Iterable[Message] | Iterable[WorkEntry]) -> None:
    for row in rows:
        row.at = to_the_day(row.at)
        row.save(update_fields=["at"])
