"""Where connections wait until a worker can serve them without waiting: one thread looks after all of them."""

import selectors
from collections import Counter
from collections.abc import Iterable
from typing import Any

from cheroot.connections import ConnectionManager

from safeconduct.project.server.visit import Visit, Wish

MEGABYTE = 1024 * 1024
KEPT_BYTES = 64 * MEGABYTE


class Antechamber(ConnectionManager):
    """Cheroot's waiting room for idle connections, made to hold slow ones too.

    Nobody is refused while there is room. When there is none, the address that holds most connections loses the one
    whose patience is nearest to its end; where all are in workers' hands, the newcomer is. Only this room's own thread
    takes connections out of it.
    """

    _selector: Any

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - the server that owns it
        super().__init__(server)
        self._lines: list[Visit] = []

    def put(self, conn: Visit) -> None:
        """Take back a connection whose request was answered."""
        if conn.rest():
            self.hold(conn, selectors.EVENT_READ)
        else:
            self.receive(conn)

    def receive(self, conn: Visit) -> None:
        """Look what a connection brought, and send it where it can be served."""
        try:
            wish = conn.look()
        except OSError:
            wish = Wish.TO_END
        if wish is Wish.A_WORKER:
            self.server.requests.put(conn)
        elif wish is Wish.A_THREAD:
            self.server.uploads.take(conn)
        elif wish is Wish.TO_END:
            conn.cut()
        else:
            self.hold(conn, selectors.EVENT_WRITE if wish is Wish.TO_BE_SENT else selectors.EVENT_READ)

    def hold(self, conn: Visit, event: int) -> None:
        """Keep a connection until it can be heard, or sent to."""
        self._selector.register(conn.socket.fileno(), event, data=conn)

    def _from_server_socket(self, server_socket: Any) -> Visit | None:  # noqa: ANN401 - cheroot's signature
        came: Visit | None = super()._from_server_socket(server_socket)  # type: ignore[misc] # not in its stubs
        if came is None or self._makes_room():
            self._lines += [came] if came else []
            return came
        came.cut()
        return None

    def _makes_room(self) -> bool:
        # Those in workers' hands count too: each holds a whole request in memory.
        self._lines = [conn for conn in self._lines if not conn.line.closed]
        held = self._held() if len(self._lines) >= self.server.most_connections else []
        if held:
            self._cut(_least_patient(_of_the_greediest(held)))
        return bool(held) or len(self._lines) < self.server.most_connections

    def _expire(self, threshold: float) -> None:  # noqa: ARG002 - cheroot's signature; each has its own patience
        for conn in self._held():
            if conn.waited_out:
                self._cut(conn)
        held = sorted(self._held(), key=lambda conn: conn.line.kept_bytes)
        while held and sum(conn.line.kept_bytes for conn in held) > KEPT_BYTES:
            self._cut(held.pop())
        self.server.uploads.admit()

    def _held(self) -> list[Visit]:
        return [conn for _, conn in self._selector.connections if conn is not self.server]

    def _cut(self, conn: Visit) -> None:
        self._selector.unregister(conn.socket.fileno())
        conn.cut()


def _of_the_greediest(held: Iterable[Visit]) -> list[Visit]:
    mine = [*held]
    greediest = Counter(conn.address for conn in mine).most_common(1)[0][0]
    return [conn for conn in mine if conn.address == greediest]


def _least_patient(held: Iterable[Visit]) -> Visit:
    return min(held, key=lambda conn: conn.since + conn.line.patience.left)
