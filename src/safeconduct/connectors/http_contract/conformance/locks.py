"""Locks that end by themselves, and the memory of earlier ones: what a lock on the strength of a code needs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from safeconduct.connectors.http_contract.conformance.acting import Outcome, checked, order
from safeconduct.connectors.http_contract.conformance.rows import Mark, Row
from safeconduct.connectors.http_contract.conformance.trial import Trial
from safeconduct.connectors.port import ActKind, Result
from safeconduct.kernel import clock

# Short enough to wait for; long enough that a slow platform is seen locked before it ends.
LASTS = timedelta(seconds=4)
AFTERWARDS_SECONDS = 6.0
_A_DAY = timedelta(days=1)


def check_locks(trial: Trial) -> Iterator[Row]:
    """Lock for a moment and watch the lock end; then ask when the account was last locked."""
    yield checked("account.lock.until", lambda: _ends_by_itself(trial))
    yield checked("account.lock.history", lambda: _is_remembered(trial))
    trial.start_again()


def _ends_by_itself(trial: Trial) -> Outcome:
    if not trial.declared.get("lock_ends_by_itself"):
        return Mark.NOT_OFFERED, "The platform does not end a lock by itself.", None
    trial.start_again()
    lock = replace(order(trial, ActKind.ACCOUNT_LOCK), until=clock.now() + LASTS)
    record = trial.connector.perform(lock)
    if record.result is not Result.DONE_AND_CHECKED:
        return Mark.NOT_SO, str(record.sentence), None
    trial.pause(AFTERWARDS_SECONDS)
    if trial.connector.account(trial.account).locked is not False:
        trial.connector.undo(order(trial, ActKind.ACCOUNT_LOCK))
        return Mark.NOT_SO, "A lock that should have ended by itself was still there.", None
    return Mark.SHOWN, "A lock ends by itself at its time.", None


def _is_remembered(trial: Trial) -> Outcome:
    if not trial.declared.get("remembers_locks"):
        return Mark.NOT_OFFERED, "The platform does not say when an account was last locked.", None
    trial.start_again()
    trial.connector.perform(order(trial, ActKind.ACCOUNT_LOCK))
    trial.connector.undo(order(trial, ActKind.ACCOUNT_LOCK))
    last = trial.connector.account(trial.account).last_locked_at
    if last is None or abs(clock.now() - last) > _A_DAY:
        return Mark.NOT_SO, "The lock of a moment ago is not remembered.", None
    return Mark.SHOWN, "The last lock is remembered after it ended.", None
