"""The whole service, with more slow strangers than workers at its door: a reporter gets her page and files a report."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from safeconduct.project.options import OPTIONS
from tests.stories.caller import Caller, Upload
from tests.stories.served import Served, demonstration
from tests.web.portal.walks import code_on, picture

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

HEAD = b"Host: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n--b\r\n"
SAID = (
    b"GET /help HTTP/1.1\r\nHost: localhost\r\nX: ",
    b"POST /help HTTP/1.1\r\n" + HEAD % 20_000,
    b"GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
)
MORE_THAN_WORKERS = int(OPTIONS["WORKERS"].default) + 8


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with demonstration(tmp_path) as running:
        yield running


def crowd(served: Served, held: ExitStack, said: bytes, how_many: int = MORE_THAN_WORKERS) -> None:
    for _ in range(how_many):
        place = urlsplit(served.address)
        line = socket.create_connection((place.hostname, place.port), timeout=120, source_address=("127.0.0.2", 0))
        held.enter_context(closing(line)).sendall(said)


def test_she_reports_while_more_strangers_than_workers_speak_and_read_slowly(served: Served) -> None:
    with ExitStack() as held, closing(Caller(served)) as amina:
        for said in SAID:
            crowd(served, held, said)
        crowd(served, held, b"POST /help HTTP/1.1\r\n" + HEAD % 20_000_000, int(OPTIONS["UPLOADS"].default) - 1)
        amina.open().press("report").press("last", text="They wait at my door.")
        amina.press("stay", files=[Upload("door.jpg", picture(side=700).read())])

        assert len(code_on(amina.press("send").page)) == 3
        assert amina.answer.status_code == 200
