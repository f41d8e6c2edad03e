"""Lines that ask ahead, say doubtfully where a body ends, or take every place: nothing is lost, and others get in."""

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from types import SimpleNamespace
from typing import Any

import pytest
from cheroot.server import KnownLengthRFile

from safeconduct.project.server.heads import HEAD_BYTES, SMALL_BYTES
from safeconduct.project.server.quiet import QuietServer
from safeconduct.project.server.request import Request
from safeconduct.project.server.visit import Visit, Wish
from tests.project.lines import PHOTOGRAPH, PLACES, Application, Call, call, lines, served

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

__all__ = ["call", "lines", "served"]

LINES = 6
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n"
PICTURE = POST % (b"Content-Length: %d" % PHOTOGRAPH)
HOLD_ON = threading.Event()


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Say how much was sent and for whom, where asked only once the test says so."""
    came = len(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    if environ["PATH_INFO"] == "/wait":
        HOLD_ON.wait(30)
    said = f"{environ.get('HTTP_X_FORWARDED_FOR', 'nobody')} sent {came} bytes".encode()
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]


@pytest.fixture
def application(lines: ExitStack) -> Application:
    HOLD_ON.clear()
    lines.callback(HOLD_ON.set)
    return answer


def everything_on(line: socket.socket) -> bytes:
    """Return what comes until the line ends."""
    came = b""
    with suppress(ConnectionResetError):
        while piece := line.recv(65536):
            came += piece
    return came


def test_a_line_that_asks_ahead_is_heard_no_further_than_one_request() -> None:
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        theirs.setblocking(False)
        visit = Visit(SimpleNamespace(peercreds_enabled=False, peercreds_resolve_enabled=False), ours)

        for _ in range(20):
            with suppress(BlockingIOError):
                theirs.sendall(GET * 10_000)
            assert visit.look() is Wish.A_WORKER
            assert visit.line.read(len(GET)) == GET

        assert visit.line.kept_bytes <= HEAD_BYTES + SMALL_BYTES


def test_a_large_body_that_nobody_reads_is_let_go_of_in_small_pieces() -> None:
    asked: list[int] = []
    reader = SimpleNamespace(read=lambda size: asked.append(size) or b"p" * size)
    server = SimpleNamespace(
        ssl_adapter=None, protocol="HTTP/1.1", server_name="", can_add_keepalive_connection=True, timeout=10
    )
    request = Request(server, SimpleNamespace(wfile=SimpleNamespace(write=len)))
    request.status, request.method, request.response_protocol = b"404 Not Found", b"POST", "HTTP/1.1"
    request.outheaders = [(b"Content-Length", b"0")]
    request.rfile = KnownLengthRFile(reader, 10_000_000)

    request.send_headers()

    assert sum(asked) == 10_000_000
    assert max(asked) <= SMALL_BYTES


@pytest.mark.parametrize("names", [b"Transfer-Encoding: chunked", b"Transfer-Encoding: xchunked\r\nContent-Length: 3"])
def test_a_body_without_a_length_is_refused_and_never_lost(call: Call, names: bytes) -> None:
    came = everything_on(call(POST % names + b"9\r\ngo=report\r\n0\r\n\r\n" + GET))

    assert came.startswith(b"HTTP/1.1 411 ")
    assert came.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    "names",
    [
        b"Content-Length: 35\r\nContent-Length: 0",
        b"Content-Length: 0\r\nContent-Length: 35",
        b"Content-Length: 35\r\nContent-Length: 35",
        b"Content-Length: +35",
        b"Content-Length: -5",
        b"Content-Length: 3_5",
        b"Content-Length: 35, 35",
        b"Content-Length:",
        b"Content-Length : 35",
        b"Transfer-Encoding : chunked",
        b"Content-Length: 0\r\n 35",
        b"X: a\r\n\tContent-Length: 35",
        b"X: a\rContent-Length: 35",
    ],
)
def test_where_the_end_of_a_body_is_in_doubt_nothing_of_it_is_taken_for_a_request(call: Call, names: bytes) -> None:
    came = everything_on(call(POST % names + GET))

    assert came.startswith(b"HTTP/1.1 400 ")
    assert came.count(b"HTTP/1.1") == 1


def test_nobody_writes_over_the_proxys_word_for_their_address(call: Call) -> None:
    names = b"Connection: close\r\nX-Forwarded-For: 203.0.113.9\r\nX_Forwarded_For: 198.51.100.1"

    assert everything_on(call(POST % names)).endswith(b"203.0.113.9 sent 0 bytes")


def test_lines_in_workers_hands_count_among_those_there_may_be(served: QuietServer, call: Call) -> None:
    served.most_connections = LINES
    waiting = [call(GET.replace(b"/ ", b"/wait ", 1).replace(b"Host", b"Connection: close\r\nHost")) for _ in range(20)]
    refused = everything_on(waiting[-1])

    HOLD_ON.set()

    assert refused == b""
    assert sum(everything_on(line).endswith(b"0 bytes") for line in waiting) == LINES


def test_one_address_that_takes_every_place_shuts_nobody_else_out(call: Call) -> None:
    for _ in range(PLACES * 6):
        call(PICTURE + b"half")

    came = [
        everything_on(call(PICTURE.replace(b"Host", b"Connection: close\r\nHost") + b"p" * PHOTOGRAPH, address=other))
        for other in ("127.0.0.2", "127.0.0.3")
    ]

    assert [one.endswith(b"sent %d bytes" % PHOTOGRAPH) for one in came] == [True, True]


def test_when_too_many_wait_the_greediest_address_loses_its_newest(call: Call) -> None:
    for address in ("127.0.0.1", "127.0.0.2"):
        for _ in range(PLACES // 2 + 1):
            call(PICTURE + b"half", address=address)
    greedy = [call(PICTURE + b"half", address="127.0.0.1") for _ in range(PLACES)]

    honest = call(PICTURE + b"half", address="127.0.0.3")

    assert everything_on(greedy[-1]) == b""
    honest.settimeout(0.2)
    with pytest.raises(TimeoutError):
        honest.recv(1)


def test_a_network_of_ones_own_is_one_address() -> None:
    first, second = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")
    visits = [SimpleNamespace(_address=address, remote_addr="127.0.0.1") for address in (first, second)]

    assert len({Visit.address.fget(visit) for visit in visits}) == 1
