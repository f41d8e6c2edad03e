"""Where machines look at this process: ``/health`` for anyone who reaches the port, ``/metrics`` with a token.

It has a port of its own, off by default and meant for loopback or a network of your own; no page is served there, and
it says nothing of a person, a case or a country.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.db import close_old_connections

from safeconduct.kernel.errors import Refused
from safeconduct.project import figures, serving
from safeconduct.project.options import OPTIONS
from safeconduct.project.tables import secret_in

TOKEN_FILE = "keys/metrics.token"  # noqa: S105 - where it lies
FEW = 2
Answer = tuple[HTTPStatus, str, str]
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def wanted() -> tuple[str, int] | None:
    """Return where to listen, or None. Raises ``Refused`` where the setting is no host and port."""
    text = OPTIONS["METRICS"].text().strip()
    if not text:
        return None
    host, _colon, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:  # noqa: PLR2004 - the last port there is
        sentence = "Write SAFECONDUCT_METRICS as host and port, such as 127.0.0.1:9400, or leave it unset."
        raise Refused("metrics.address", sentence)
    return host, int(port)


@contextmanager
def watched(data: Path) -> Iterator[int]:
    """Answer machines inside the block, where that is wanted, and give the port; 0 where it is not."""
    where = wanted()
    if where is None:
        yield 0
        return
    serving.check_port(where[1], where[0])
    answering = _asking_anew(application(secret_in(data / TOKEN_FILE)))
    made = serving.server(answering, host=where[0], port=where[1], threads=FEW)
    with serving.serving(made) as listening:
        yield listening


def _asking_anew(answering: Application) -> Application:
    """Let no answer rest on a connection to the database that has ended meanwhile."""

    def fresh(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own (PEP 3333)
        close_old_connections()
        try:
            return answering(environ, start_response)
        finally:
            close_old_connections()

    return fresh


def application(token: str) -> Application:
    """Return what answers on that port."""

    def answering(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own (PEP 3333)
        status, kind, text = _answer(environ, token)
        body = text.encode()
        headers = [("Content-Type", kind), ("Cache-Control", "no-store"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    return answering


def _answer(environ: dict[str, Any], token: str) -> Answer:
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] == "GET" and path == "/health":
        return _health()
    if environ["REQUEST_METHOD"] == "GET" and path == "/metrics":
        return _metrics(str(environ.get("HTTP_AUTHORIZATION", "")), token)
    return HTTPStatus.NOT_FOUND, "text/plain", "There is nothing here.\n"


def _health() -> Answer:
    wrong = figures.what_is_wrong()
    status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
    return status, "application/json", json.dumps({"well": not wrong, "wrong": wrong}) + "\n"


def _metrics(shown: str, token: str) -> Answer:
    if not token or not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        return HTTPStatus.UNAUTHORIZED, "text/plain", "Show the token of keys/metrics.token.\n"
    return HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", figures.written()
