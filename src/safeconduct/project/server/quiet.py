"""Cheroot's server with our waiting room, saying nothing of what anybody sent."""

import selectors
from typing import Any

import structlog
from cheroot import wsgi

from safeconduct.project.server.antechamber import Antechamber
from safeconduct.project.server.turns import WarmestFirst
from safeconduct.project.server.uploads import Uploads
from safeconduct.project.server.visit import Visit

log = structlog.get_logger()


class QuietServer(wsgi.Server):
    """Cheroot prints request lines and tracebacks, which may hold what somebody typed. Here only the fact is logged.

    ``behind_proxy`` says whose word for a visitor's address counts.
    """

    ConnectionClass = Visit
    keep_alive_conn_limit: Any = None
    behind_proxy = False
    most_connections = 512
    _connections: Antechamber

    def __init__(self, *address_and_application: Any, uploads: int, **more: Any) -> None:  # noqa: ANN401 - cheroot's own
        super().__init__(*address_and_application, **more)
        self.uploads = Uploads(self, uploads)
        self.requests._queue = WarmestFirst()  # noqa: SLF001 - cheroot's pool takes no other queue
        self.requests.get = self.requests._queue.get  # noqa: SLF001 - the pool kept the old one's

    def prepare(self) -> None:
        """Listen, with our waiting room in place of cheroot's."""
        super().prepare()
        self._connections.close()
        self._connections = Antechamber(self)

    def process_conn(self, conn: Visit) -> None:
        """Look after a connection that has come, or has something to say."""
        self._connections.receive(conn)

    def lets_finish(self, conn: Visit) -> bool:
        """Keep a connection until its answer has been taken in; not once the service ends."""
        if self.ready:
            self._connections.hold(conn, selectors.EVENT_WRITE)
        return self.ready

    def stop(self) -> None:
        """End everything."""
        super().stop()
        self.uploads.stop()

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - its signature
        """Log the fact and nothing of it."""
        log.warning("server.fault", code="cheroot")
