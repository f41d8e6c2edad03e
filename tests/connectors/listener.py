"""A small server on loopback that keeps what it is sent and answers as a test wants."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Taken:
    """One request, named as the signature library wants it."""

    method: str
    url: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """What came, and how to answer. ``raw`` writes bytes to the line itself instead of an answer."""

    address: str = ""
    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    late_seconds: float = 0
    raw: Callable[[Callable[[bytes], object]], None] | None = None
    taken: list[Taken] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen inside the block."""
    state = Listener()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(state))
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(state: Listener) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._keep()
            time.sleep(state.late_seconds)
            if state.raw:
                state.raw(lambda data: (self.wfile.write(data), self.wfile.flush()))
                self.close_connection = True
                return
            self.send_response(state.status)
            for name, value in {"Content-Length": str(len(state.body)), **state.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(state.body)

        do_GET = do_PUT = do_POST  # noqa: N815 - the library looks for this name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, BrokenPipeError):
                self.close_connection = True

        def _keep(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            url = f"http://{self.headers['Host']}{self.path}"
            headers = {name.lower(): value for name, value in self.headers.items()}
            state.taken.append(Taken(self.command, url, self.path, headers, body))

    return Answering
