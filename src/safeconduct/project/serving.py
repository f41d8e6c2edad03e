"""Serves the application: a threaded server that streams bodies and never puts one on disk."""

import contextlib
import errno
import fcntl
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from safeconduct.kernel.errors import Unavailable
from safeconduct.project.options import OPTIONS
from safeconduct.project.server.quiet import QuietServer

LOOPBACK = "127.0.0.1"


def check_port(port: int, host: str = LOOPBACK) -> None:
    """Raise ``Unavailable`` when something already listens there, or the system refuses the port or the host."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise _refused(port, host, fault) from fault


def _refused(port: int, host: str, fault: OSError) -> Unavailable:
    if fault.errno == errno.EADDRINUSE:
        sentence = f"Port {port} is taken. Choose another with --port, or stop what is using it."
        return Unavailable("serve.port-taken", sentence)
    if fault.errno == errno.EACCES:
        sentence = f"This account may not listen on port {port}. Choose one above 1023 with --port."
        return Unavailable("serve.port-forbidden", sentence)
    sentence = f"This machine cannot listen on {host}. Give one of its own IPv4 addresses with --host."
    return Unavailable("serve.host", sentence)


def server(application: Any, *, host: str, port: int, threads: int, behind_proxy: bool = False) -> QuietServer:  # noqa: ANN401 - any WSGI callable
    """Return a server that is not yet listening. A large body is read by whoever asks for it, piece by piece."""
    uploads, most = OPTIONS["UPLOADS"].number(), OPTIONS["CONNECTIONS"].number()
    made = QuietServer(
        (host, port), application, numthreads=threads, uploads=uploads, server_name="", request_queue_size=128
    )
    made.max_request_body_size = 101 * 1024 * 1024
    made.behind_proxy, made.most_connections = behind_proxy, most
    return made


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the data folder inside the block. A second service on it would put the first one's keys out of use."""
    with (data / "serving.lock").open("wb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            sentence = f"The folder {data} is being served already. Stop that service, or choose another with --data."
            raise Unavailable("serve.twice", sentence) from fault
        yield


@contextlib.contextmanager
def serving(made: QuietServer) -> Iterator[int]:
    """Listen inside the block, on a thread, and give the port."""
    made.prepare()
    thread = threading.Thread(target=made.serve, name="server", daemon=True)
    thread.start()
    try:
        yield int(made.bind_addr[1])
    finally:
        made.stop()
        thread.join(timeout=10)


def wait_for_the_end() -> None:
    """Return when the process is asked to stop, by the keyboard or by the system."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: ended.set())
    while not ended.wait(timeout=1):
        pass
