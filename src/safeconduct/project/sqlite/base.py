"""Django's database wrapper for SQLite, whose transactions wait for each other instead of trying again.

SQLite lets one writer in at a time. To whoever comes second it says "busy", and its own answer to that is to sleep, up
to a tenth of a second, and to try again: of many writers one may sleep through every free moment, for seconds. Here
the threads of one process hand the turn to each other at once. Other processes still meet SQLite's own lock.
"""

import threading
from typing import Final

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

PATIENCE_SECONDS: Final = 20

_turn = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that begins a transaction only when no other of this process is in one."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not _turn.acquire(timeout=PATIENCE_SECONDS):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # the stubs leave out what Django marks as its own
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # the stubs leave out what Django marks as its own
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

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turn.release()
