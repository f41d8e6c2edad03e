"""Serving the platform on this computer only."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from cheroot import wsgi

from demoplatform.app import Square

LOOPBACK = "127.0.0.1"


class PortTakenError(Exception):
    """Another program listens there already."""


def prepared(app: Square, port: int) -> wsgi.Server:
    """Return a server that holds its port. Port 0 takes any free one."""
    server = wsgi.Server((LOOPBACK, port), app, numthreads=8, server_name="Juniper Square", shutdown_timeout=1)
    try:
        server.prepare()
    except OSError as fault:
        raise PortTakenError from fault
    return server


@contextmanager
def running(app: Square, port: int = 0) -> Iterator[str]:
    """Serve beside the caller inside the block, and give the address."""
    server = prepared(app, port)
    thread = Thread(target=server.serve, name="juniper-square", daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join(timeout=5)
