"""One connection between two requests: how much of the next has been heard, and how long that may still take."""

import socket
import time
from enum import Enum, auto
from typing import Any

from cheroot.server import HTTPConnection

from safeconduct.project.server import heads
from safeconduct.project.server.heads import Heard
from safeconduct.project.server.line import Line
from safeconduct.project.server.patience import GRACE_SECONDS, Patience

HEAD_SECONDS = 20.0
IDLE_SECONDS = 30.0
_SECONDS = {Heard.NOTHING: IDLE_SECONDS, Heard.PART_OF_HEAD: HEAD_SECONDS, Heard.PART_OF_BODY: GRACE_SECONDS}


class Wish(Enum):
    """What a connection needs next."""

    TO_BE_HEARD = auto()
    TO_BE_SENT = auto()
    A_WORKER = auto()
    A_THREAD = auto()
    TO_END = auto()


class Visit(HTTPConnection):
    """A connection whose line never makes a worker wait."""

    def __init__(self, server: Any, sock: socket.socket, _makefile: object = None) -> None:  # noqa: ANN401 - cheroot's
        line = Line(sock)
        super().__init__(server, sock, lambda *_: line)
        self.line = line
        self._state: object = None
        self._leaving = False
        self.since = time.monotonic()
        self._address = ""

    @property
    def address(self) -> str:
        """Return whose line it is, for fairness in memory: the proxy's word for it where there is one."""
        return self._address or str(self.remote_addr)

    @property
    def waited_out(self) -> bool:
        """Answer whether the line has been slow for too long."""
        return time.monotonic() - self.since > self.line.patience.left

    def look(self) -> Wish:
        """Send and hear what is possible at once, and return what the connection needs now."""
        waited = time.monotonic() - self.since
        moved = self.line.send()
        if self.line.unsent:
            self._in("sending", GRACE_SECONDS, waited, moved)
            return Wish.TO_BE_SENT
        return Wish.TO_END if self._leaving else self._hear(waited)

    def rest(self) -> bool:
        """Wait for the next request, and answer whether the last answer is out and nothing of the next is here yet."""
        self.line.waits, self._state, self._address = False, None, ""
        if self._is_sending() or self.line.heard or self.line.over:
            return False
        self._in(Heard.NOTHING, IDLE_SECONDS, 0, 0)
        return True

    def close(self) -> None:
        """End the connection, once its answer has been taken in."""
        self._leaving = True
        self._in("sending", GRACE_SECONDS, 0, 0)
        if not (self._is_sending() and self.server.lets_finish(self)):
            super().close()

    def cut(self) -> None:
        """End the connection now."""
        self.line.unsent.clear()
        super().close()

    def _is_sending(self) -> bool:
        try:
            self.line.send()
        except OSError:
            return False
        return bool(self.line.unsent)

    def _hear(self, waited: float) -> Wish:
        came = self.line.hear()
        how_much = heads.heard(self.line.heard)
        if how_much is Heard.ALL:
            self.line.patience = Patience(GRACE_SECONDS)
            return Wish.A_WORKER
        if how_much is Heard.TOO_LONG or self.line.over:
            return Wish.TO_END
        if how_much is Heard.LARGE:
            self._stream()
            return Wish.A_THREAD
        self._in(how_much, _SECONDS[how_much], waited, came if how_much is Heard.PART_OF_BODY else 0)
        return Wish.TO_BE_HEARD

    def _stream(self) -> None:
        self.line.waits, self.line.patience, self.since = True, Patience(GRACE_SECONDS), time.monotonic()
        # Behind a proxy the last entry is its own; without one the header is whatever a visitor wrote.
        self._address = heads.passed_on_for(self.line.heard) if self.server.behind_proxy else ""

    def _in(self, state: object, seconds: float, waited: float, moved_bytes: int) -> None:
        if state != self._state:
            self._state, self.line.patience = state, Patience(seconds)
        else:
            self.line.patience.waited(waited, moved_bytes)
        self.since = time.monotonic()
