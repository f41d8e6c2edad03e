"""Strangers who speak or read slowly, more of them than there are workers: everybody else is served."""

import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.project import serving
from safeconduct.project.server import patience, uploads, visit
from safeconduct.project.server.heads import Heard, heard, passed_on_for
from safeconduct.project.server.patience import GRACE_SECONDS, SLOWEST_BYTES_A_SECOND, Patience
from safeconduct.project.server.quiet import QuietServer
from safeconduct.project.server.turns import WarmestFirst
from tests.project.lines import PHOTOGRAPH, PLACES, WORKERS, Application, Call, call, lines, served

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

__all__ = ["call", "lines", "served"]

STRANGERS = 12
PAGE = b"a page much larger than any system keeps for a line " * 40_000
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Say how much was sent, or a large page to whoever asks for it."""
    came = len(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    said = PAGE if environ["PATH_INFO"] == "/large" else f"{came} bytes".encode()
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]


@pytest.fixture
def application() -> Application:
    return answer


def answer_on(line: socket.socket) -> bytes:
    """Return what comes until the line ends or an answer is whole."""
    came = b""
    while not came.endswith(b"bytes") and (piece := line.recv(65536)):
        came += piece
    return came


def is_served(call: Call) -> bool:
    page = answer_on(call(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    report = answer_on(call(HEAD % 20_000 + b"w" * 20_000))
    return page.endswith(b"0 bytes") and report.endswith(b"20000 bytes")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        HEAD % 5000 + b"half",
        HEAD % PHOTOGRAPH + b"half a photograph",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
        b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3,
        b"GET /large HTTP/1.0\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5000\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5000\r\nContent-Length: 0\r\n\r\n",
    ],
    ids=["nothing", "word", "head", "body", "photograph", "chunked", "reader", "old-reader", "two-lengths", "reverse"],
)
def test_strangers_with_slow_lines_hold_up_nobody(call: Call, said: bytes) -> None:
    for _ in range(STRANGERS):
        call(said)

    assert is_served(call)


def test_an_answer_taken_in_slowly_comes_whole(call: Call) -> None:
    line = call(b"GET /large HTTP/1.0\r\n\r\n")
    time.sleep(0.2)

    came = b"".join(iter(lambda: line.recv(65536), b""))

    assert came.endswith(b"\r\n\r\n" + PAGE)


def test_a_photograph_that_comes_in_pieces_is_taken(call: Call) -> None:
    line = call(HEAD % PHOTOGRAPH)
    for _ in range(2):
        time.sleep(0.1)
        line.sendall(b"p" * (PHOTOGRAPH // 2))
    line.sendall(b"p" * (PHOTOGRAPH % 2))

    assert answer_on(line).endswith(b"%d bytes" % PHOTOGRAPH)


def test_requests_sent_before_the_answer_are_answered_in_turn(call: Call) -> None:
    line = call(
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + HEAD % 3 + b"abc" + HEAD % PHOTOGRAPH + b"p" * PHOTOGRAPH
    )
    came = b""
    while not came.endswith(b"%d bytes" % PHOTOGRAPH):
        came += line.recv(65536)

    assert [came.count(said) for said in (b"\r\n\r\n0 bytes", b"\r\n\r\n3 bytes")] == [1, 1]


@pytest.mark.parametrize("said", [b"", b"GET / HT", HEAD % 5000 + b"half"])
def test_a_line_that_stays_slow_is_ended(call: Call, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    for kind in visit._SECONDS:
        monkeypatch.setitem(visit._SECONDS, kind, 0.2)
    line = call(said)

    assert line.recv(100) == b""


def test_an_upload_that_stays_slow_is_ended(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "GRACE_SECONDS", 0.2)
    line = call(HEAD % PHOTOGRAPH + b"half")

    assert answer_on(line).startswith(b"HTTP/1.1 408")


def test_when_all_places_are_taken_the_greediest_loses_its_slowest(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = [call(HEAD % PHOTOGRAPH + b"half") for _ in range(PLACES)]
    monkeypatch.setattr(uploads, "GRACE_SECONDS", 0.2)

    honest = call(HEAD % PHOTOGRAPH + b"p" * PHOTOGRAPH)

    assert answer_on(honest).endswith(b"%d bytes" % PHOTOGRAPH)
    assert slow


def test_whoever_waits_too_long_for_a_place_is_sent_away(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WAITING_SECONDS", 0.2)
    for _ in range(PLACES):
        call(HEAD % PHOTOGRAPH + b"half")

    late = call(HEAD % PHOTOGRAPH + b"half")

    assert late.recv(100) == b""


def test_more_lines_than_there_may_be_end_the_oldest_and_not_the_newest(served: QuietServer, call: Call) -> None:
    served.most_connections = 6
    first = call(b"GET /")
    for _ in range(STRANGERS):
        call(b"GET /")

    assert is_served(call)
    assert first.recv(100) == b""


def test_the_service_ends_while_strangers_hold_lines(lines: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    made = serving.server(answer, host="127.0.0.1", port=0, threads=WORKERS)
    with serving.serving(made):
        for said in (b"GET /", HEAD % PHOTOGRAPH + b"half", b"GET /large HTTP/1.1\r\n\r\n"):
            lines.enter_context(closing(socket.create_connection(made.bind_addr))).sendall(said)
        time.sleep(0.2)

    assert [thread.name for thread in threading.enumerate() if thread.name == "upload"] == []


@given(st.integers(1, 400))
def test_a_request_is_whole_at_its_last_byte_and_not_before(size: int) -> None:
    whole = bytearray(HEAD % size + b"b" * size)

    assert heard(whole) is Heard.ALL
    assert {heard(whole[:end]) for end in range(len(whole))} == {
        Heard.NOTHING,
        Heard.PART_OF_HEAD,
        Heard.PART_OF_BODY,
    }


def test_a_head_without_end_is_not_waited_for() -> None:
    assert heard(bytearray(b"GET /" + b"a" * 40_000)) is Heard.TOO_LONG


@given(st.binary(max_size=300))
def test_noise_is_judged_without_a_fault(noise: bytes) -> None:
    assert isinstance(heard(bytearray(noise)), Heard)
    assert isinstance(passed_on_for(bytearray(noise)), str)


def test_the_address_is_the_proxys_own_entry_and_never_the_visitors() -> None:
    head = bytearray(
        b"POST / HTTP/1.1\r\nX-Forwarded-For: 198.51.100.1\r\nx-forwarded-for: 1.1.1.1, 203.0.113.9\r\n\r\n"
    )

    assert passed_on_for(head) == "203.0.113.9"
    assert passed_on_for(bytearray(b"POST / HTTP/1.1\r\n\r\nX-Forwarded-For: 203.0.113.9\r\n")) == ""


@given(st.lists(st.floats(0.01, GRACE_SECONDS / 2), max_size=60))
def test_the_slowest_telephone_never_runs_out_of_patience(gaps: list[float]) -> None:
    left = Patience(GRACE_SECONDS)
    for seconds in gaps:
        left.waited(seconds)
        assert left.left > 0
        left.waited(0, int(seconds * SLOWEST_BYTES_A_SECOND) + 1)


def test_a_byte_now_and_then_does_run_out_of_patience() -> None:
    left = Patience(patience.GRACE_SECONDS)
    left.waited(0, 50 * 1024 * 1024)

    for _ in range(10):
        left.waited(5, 1)

    assert left.left < 0


def test_the_worker_that_rested_shortest_is_next_and_requests_keep_their_order() -> None:
    turns, served = WarmestFirst(), list[tuple[str, str]]()

    def work(name: str) -> None:
        while (request := turns.get()) != "end":
            served.append((name, request))

    workers = [threading.Thread(target=work, args=(name,)) for name in ("cold", "warm")]
    for count, worker in enumerate(workers, start=1):
        worker.start()
        while len(turns._resting) < count:
            time.sleep(0.01)
    for request in ("first", "second"):
        turns.put(request)
        while len(turns._resting) < len(workers):
            time.sleep(0.01)
    turns.put("end")
    turns.put("end")
    for worker in workers:
        worker.join()

    assert served == [("warm", "first"), ("warm", "second")]


def test_requests_that_wait_for_a_worker_are_served_in_the_order_in_which_they_came() -> None:
    turns = WarmestFirst()
    for request in ("first", "second"):
        turns.put(request)

    assert (turns.qsize(), turns.get(), turns.get()) == (2, "first", "second")
