"""Fixtures of a served application with two workers, and of lines to it that stay open as long as a test likes."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from safeconduct.project import serving
from safeconduct.project.server.heads import SMALL_BYTES
from safeconduct.project.server.quiet import QuietServer

WORKERS, PLACES = 2, 4
PHOTOGRAPH = SMALL_BYTES + 1

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Call = Callable[..., socket.socket]


@pytest.fixture
def lines() -> Iterator[ExitStack]:
    with ExitStack() as held:
        yield held


@pytest.fixture
def served(lines: ExitStack, monkeypatch: pytest.MonkeyPatch, application: Application) -> Iterator[QuietServer]:
    monkeypatch.setenv("SAFECONDUCT_UPLOADS", str(PLACES))
    made = serving.server(application, host="127.0.0.1", port=0, threads=WORKERS)
    with serving.serving(made):
        yield made
        lines.close()


@pytest.fixture
def call(served: QuietServer, lines: ExitStack) -> Call:
    """Return what opens a line from an address, says something on it, and leaves it open."""

    def open_line(said: bytes, *, address: str = "127.0.0.1") -> socket.socket:
        line = socket.create_connection(served.bind_addr, timeout=120, source_address=(address, 0))
        lines.enter_context(closing(line)).sendall(said)
        return line

    return open_line
