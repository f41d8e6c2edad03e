"""What a clock's entry in the record is committed to: how severe the case is, and what was promised by when.

The record keeps no facts, only what shows them to whoever names them. So they are worked out anew and held against it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from safeconduct.domains.cases.rules.clocks import LIMITS, ClockKind
from safeconduct.domains.cases.rules.severity import Severity

# The minute may have turned between a promise and its entry.
JUST_BEFORE = (timedelta(), timedelta(minutes=1))
FORM = "%Y-%m-%dT%H:%MZ"

Promise = dict[str, str]


def promised(severity: Severity, *, reply_due: datetime, settle_due: datetime) -> Promise:
    """Return the facts of one promise, in the one form in which they are committed to."""
    return _facts(severity, reply_due.strftime(FORM), settle_due.strftime(FORM))


def first_promises(at: datetime) -> Iterator[Promise]:
    """Yield every promise that can have been made to whoever reported at this time."""
    for late, severity in product(JUST_BEFORE, Severity):
        limits = LIMITS[severity]
        yield promised(severity, reply_due=at - late + limits.reply, settle_due=at - late + limits.settle)


def later_promises(at: datetime, received_at: datetime, before: Promise, settle_due: datetime) -> Iterator[Promise]:
    """Yield every promise that can have taken the place of the one before: raised, lowered, or kept as it was."""
    begun = {received_at, *(at - late for late in JUST_BEFORE)}
    for severity in Severity:
        replies = {_due(each, severity, ClockKind.REPLY) for each in begun} | {before["reply_due"]}
        ends = {_due(each, severity, ClockKind.SETTLE) for each in begun} | {before["settle_due"]}
        for reply, end in product(sorted(replies), sorted(ends | {settle_due.strftime(FORM)})):
            yield _facts(severity, reply, end)


def _due(begun: datetime, severity: Severity, kind: ClockKind) -> str:
    return (begun + LIMITS[severity].of(kind)).strftime(FORM)


def _facts(severity: Severity, reply_due: str, settle_due: str) -> Promise:
    return {"severity": severity.value, "reply_due": reply_due, "settle_due": settle_due}
