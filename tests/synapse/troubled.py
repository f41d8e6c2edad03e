"""A homeserver in trouble: a line on loopback before a real one that delays, drops, refuses, or lies."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.synapse.homeserver import quick_request


class Trouble(StrEnum):
    """How the line fails. Reading is troubled by ``DROPPING`` and ``BUSY`` only; the rest meets orders."""

    NONE = "none"
    SLOW = "slow: does it, and answers too late"
    STALLED = "stalled: never passes the order on, and answers too late"
    DROPPING = "dropping: breaks off without an answer"
    FAILING = "failing: answers 502"
    NONSENSE = "nonsense: answers a web page"
    LYING = "lying: answers 200 and does nothing"
    BUSY = "busy: answers 429"


@dataclass
class Line:
    """The line, how it fails now, and what it was asked. It is busy so many times; ``None`` stands for ever."""

    homeserver: str
    address: str = ""
    trouble: Trouble = Trouble.NONE
    late_seconds: float = 2
    retry_after_ms: int | None = 400
    busy_times: int | None = None
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Be late, unless the test is over."""
        self.closing.wait(self.late_seconds)

    def is_busy(self) -> bool:
        """Tell whether this request is one too many."""
        if self.busy_times:
            self.busy_times -= 1
            return True
        return self.busy_times is None


@contextmanager
def troubled(address: str) -> Iterator[Line]:
    """Stand before the homeserver at ``address`` inside the block."""
    line = Line(homeserver=address)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handling, line))
    server.daemon_threads = True
    line.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handling(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, line: Line, *rest: Any) -> None:
        self._line = line
        super().__init__(*rest)

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, BrokenPipeError):
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        line = self._line
        line.asked.append(f"{self.command} {self.path}")
        if line.trouble is Trouble.BUSY and line.is_busy():
            self._busy()
        elif line.trouble is Trouble.DROPPING:
            self.close_connection = True
        elif self.command == "GET" or line.trouble in {Trouble.NONE, Trouble.BUSY}:
            self._write(*self._passed_on(body))
        else:
            self._order(line.trouble, body)

    def _order(self, trouble: Trouble, body: bytes) -> None:
        if trouble is Trouble.SLOW:
            passed = self._passed_on(body)
            self._line.wait()
            self._write(*passed)
        elif trouble is Trouble.STALLED:
            self._line.wait()
            self.close_connection = True
        elif trouble is Trouble.FAILING:
            self._write(502, b'{"errcode": "M_UNKNOWN"}')
        else:
            self._write(200, b"{}" if trouble is Trouble.LYING else b"<h1>It works!</h1>")

    def _busy(self) -> None:
        told: dict[str, object] = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"}
        if self._line.retry_after_ms is not None:
            told["retry_after_ms"] = self._line.retry_after_ms
        self._write(429, json.dumps(told).encode())

    def _passed_on(self, body: bytes) -> tuple[int, bytes]:
        kept = {name: self.headers[name] for name in ("Authorization", "Content-Type") if self.headers[name]}
        answer = quick_request(self.command, f"{self._line.homeserver}{self.path}", headers=kept, content=body)
        return answer.status_code, answer.content

    def _write(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
