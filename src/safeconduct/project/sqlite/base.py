"""Django's database wrapper for SQLite, whose transactions wait for each other instead of trying again.

SQLite lets one writer in at a time. To whoever comes second it says "busy", and its own answer to that is to sleep, up
to a tenth of a second, and to try again: of many writers one may sleep through every free moment, for seconds. Here a
thread that ends its transaction wakes another of its process at once. It is not first come, first served: a thread
that asks at that very moment may go before one that waits. Other processes still meet SQLite's own lock.
"""

import threading
from typing import Final

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

PATIENCE_SECONDS: Final = 20

# One turn for each file: whoever writes to one has no quarrel with the writers of another.
_turns: dict[str, threading.Lock] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that begins a transaction only when no other of this process is in one on the same file."""

    _turn: "threading.Lock | None" = None

    def _start_transaction_under_autocommit(self) -> None:
        # A connection that lost its transaction some other way would wait for itself.
        self._give_turn()
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # the stubs leave out what Django marks as its own
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc] # the stubs leave out what Django marks as its own
        finally:
            # Also after a failure: Django takes most of them back, but not an interruption.
            self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # the stubs leave out what Django marks as its own
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # the stubs leave out what Django marks as its own
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        turn = _turns.setdefault(str(self.settings_dict["NAME"]), threading.Lock())
        if not turn.acquire(timeout=PATIENCE_SECONDS):
            raise OperationalError("database is locked")
        self._turn = turn

    def _give_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
