"""One connection between two requests: how much of the next has been heard, and how long that may still take."""

import ipaddress
import socket
import time
from enum import Enum, auto
from typing import Any

from cheroot.server import HTTPConnection

from safeconduct.project.server import heads
from safeconduct.project.server.heads import Heard
from safeconduct.project.server.line import Line
from safeconduct.project.server.patience import GRACE_SECONDS, Patience
from safeconduct.project.server.request import Request

HEAD_SECONDS = 20.0
IDLE_SECONDS = 30.0
# One home, office or rented machine has this much of an IPv6 address for itself, and as many addresses as it likes.
ONE_PLACE_BITS = 64
_REFUSED = {Heard.WITHOUT_LENGTH: b"411 Length Required", Heard.DOUBTFUL: b"400 Bad Request"}
_UNFINISHED = (Heard.NOTHING, Heard.PART_OF_HEAD, Heard.PART_OF_BODY)
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

    RequestHandlerClass = Request

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
        return _place(self._address or str(self.remote_addr))

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
        # Nothing more is taken in while a whole request waits here, or one line could fill the memory with them.
        came, how_much = 0, heads.heard(self.line.heard)
        if how_much in _UNFINISHED:
            came = self.line.hear(heads.MOST_BYTES - len(self.line.heard))
            how_much = heads.heard(self.line.heard)
        if how_much is Heard.ALL:
            self.line.patience = Patience(GRACE_SECONDS)
            return Wish.A_WORKER
        if how_much in _REFUSED:
            return self._refuse(_REFUSED[how_much])
        if how_much is Heard.TOO_LONG or self.line.over:
            return Wish.TO_END
        if how_much is Heard.LARGE:
            self._stream()
            return Wish.A_THREAD
        self._in(how_much, _SECONDS[how_much], waited, came if how_much is Heard.PART_OF_BODY else 0)
        return Wish.TO_BE_HEARD

    def _refuse(self, status: bytes) -> Wish:
        self.line.heard.clear()
        self.line.unsent += b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        self._leaving = True
        return self.look()

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


def _place(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if known.version == 4 else str(ipaddress.IPv6Network((int(known), ONE_PLACE_BITS), strict=False))  # noqa: PLR2004 - its own name
