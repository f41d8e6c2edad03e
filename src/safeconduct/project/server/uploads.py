"""Large bodies, each on a thread of its own, so many at once. Who sends pictures slowly holds up no words."""

import threading
import time
from collections import Counter
from typing import Any

from django.db import connections

from safeconduct.project.server.patience import GRACE_SECONDS
from safeconduct.project.server.visit import Visit

# Whoever comes when all places are taken waits this long for one; meanwhile nothing of theirs is read.
WAITING_SECONDS = 60.0
ENDING_SECONDS = 5.0


class Uploads:
    """The places for large bodies, of which no address has more than half; whose address has fewest comes next.

    Where somebody waits, the greediest address loses its slowest once it had its time; where too many wait, the
    greediest loses its newest. Addresses are counted among those here at this moment, in memory, and nowhere else.
    """

    def __init__(self, server: Any, at_once: int) -> None:  # noqa: ANN401 - the server that owns it
        self._server = server
        self._at_once = at_once
        self._for_one_address = max(1, at_once // 2)
        self._lock = threading.Lock()
        self._under_way: dict[Visit, threading.Thread] = {}
        self._waiting: list[Visit] = []

    def take(self, conn: Visit) -> None:
        """Stream a body as soon as there is a place."""
        with self._lock:
            self._waiting.append(conn)
            too_many = self._newest_of_the_greediest() if len(self._waiting) > self._at_once else None
            if too_many is not None:
                self._waiting.remove(too_many)
        if too_many is not None:
            too_many.cut()
        self.admit()

    def admit(self) -> None:
        """Fill free places, send away who waited too long, and make room. Called twice a second, and at each end."""
        with self._lock:
            late = [conn for conn in self._waiting if time.monotonic() - conn.since > WAITING_SECONDS]
            self._waiting = [conn for conn in self._waiting if conn not in late]
            while (following := self._next()) is not None:
                self._waiting.remove(following)
                self._start(following)
            slowest = self._slowest_of_the_greediest() if self._waiting else None
        for conn in late:
            conn.cut()
        if slowest is not None:
            slowest.line.hang_up()

    def stop(self) -> None:
        """End every stream, at the end of the service."""
        with self._lock:
            self._waiting, under_way = [], [*self._under_way.items()]
        for conn, thread in under_way:
            conn.line.hang_up()
            thread.join(ENDING_SECONDS)

    def _next(self) -> Visit | None:
        if len(self._under_way) >= self._at_once:
            return None
        places = Counter(conn.address for conn in self._under_way)
        may = [conn for conn in self._waiting if places[conn.address] < self._for_one_address]
        return min(may, key=lambda conn: places[conn.address], default=None)

    def _start(self, conn: Visit) -> None:
        conn.since = time.monotonic()
        self._under_way[conn] = threading.Thread(target=self._stream, args=(conn,), name="upload", daemon=True)
        self._under_way[conn].start()

    def _stream(self, conn: Visit) -> None:
        stays = False
        try:
            stays = bool(conn.communicate())  # type: ignore[no-untyped-call] # not in its stubs
        except OSError:
            self._server.error_log()
        finally:
            connections.close_all()
            with self._lock:
                self._under_way.pop(conn, None)
            self._end(conn, stays=stays)
            self.admit()

    def _end(self, conn: Visit, *, stays: bool) -> None:
        if stays:
            self._server.put_conn(conn)
        else:
            conn.close()

    def _newest_of_the_greediest(self) -> Visit:
        greedy = Counter(conn.address for conn in self._waiting).most_common(1)[0][0]
        return [conn for conn in self._waiting if conn.address == greedy][-1]

    def _slowest_of_the_greediest(self) -> Visit | None:
        greedy, places = Counter(conn.address for conn in (*self._under_way, *self._waiting)).most_common(1)[0]
        had_time = [
            conn for conn in self._under_way if conn.address == greedy and time.monotonic() - conn.since > GRACE_SECONDS
        ]
        return min(had_time, key=_bytes_a_second) if places > 1 and had_time else None


def _bytes_a_second(conn: Visit) -> float:
    return conn.line.bytes_read / (time.monotonic() - conn.since)
