"""The whole server is killed while somebody sends their report, and the code on their screen is kept all the same."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import own_database
from tests.stories.caller import Caller, Upload, plain_line
from tests.stories.served import ROOT, Served, surroundings
from tests.web.visitor import Form

MOMENTS = 32
MEASURED = 3
PICTURE = Upload("gate.png", b"\x89PNG\r\n\x1a\n a photograph of the gate", "image/png")

pytestmark = pytest.mark.loopback


def words(number: int) -> str:
    return f"Three of them stood at my gate. Evening {number}."


def seeded(number: int) -> float:
    """Return a fraction between nought and one."""
    return int.from_bytes(hashlib.sha256(f"moment {number}".encode()).digest()[:4]) / 2**32


@dataclass
class Nursery:
    """The process from which servers are born."""

    process: subprocess.Popen[str]
    data: Path

    def ask(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def hear(self, pattern: str) -> re.Match[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(pattern, line):
                return found
        raise AssertionError("The nursery ended.")

    @contextmanager
    def server(self) -> Iterator["Server"]:
        """Serve inside the block. At its end the server is killed, unless it was before."""
        self.ask("serve")
        found = {}
        for _ in range(2):
            each = self.hear(r"process (?P<pid>\d+)|(?P<address>http://127\.0\.0\.1:\d+)")
            found |= {name: value for name, value in each.groupdict().items() if value}
        server = Server(int(found["pid"]), found["address"], self.data)
        try:
            yield server
        finally:
            server.kill()
            self.hear("ended")

    def look(self) -> Any:
        self.ask("look")
        return json.loads(self.hear(r"^\{.*\}$").group())


@dataclass
class Server:
    """One server, until it is killed."""

    pid: int
    address: str
    data: Path

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def caller(self) -> Caller:
        return Caller(Served(self.address, self.data, process=None))  # type: ignore[arg-type] # not needed to call


@dataclass
class Sending:
    """A report on its last page, and what its reporter has read since."""

    number: int
    form: Form
    code: str = ""
    again: str = ""
    readable: bool = False


@dataclass
class Evening:
    """Everybody who reported, and what lies in the database at the end."""

    sendings: list[Sending] = field(default_factory=list)
    reports: int = 0
    half_made: dict[str, int] = field(default_factory=dict)


def code_in(page: str) -> str:
    """Return the code a page shows, or nothing if the page broke off before its end."""
    lines = re.findall(r"<span>(\d{3} \d{3} \d{4})</span>", page)
    return "\n".join(lines) if len(lines) == 3 else ""


def written(server: Server, number: int) -> Sending:
    """Write a report and come to its last page."""
    caller = server.caller()
    caller.open().press("report").press("last", text=words(number))
    form = caller.form_with("send")
    caller.close()
    return Sending(number, form)


def sent(server: Server, sending: Sending) -> str:
    """Press the last button, and return the code if it comes through."""
    body = {**sending.form.fields, "go": "send"}
    upload = [("files", (PICTURE.name, PICTURE.content, PICTURE.kind))]
    page = b""
    with (
        suppress(httpx.TransportError),
        plain_line(server.address) as line,
        line.stream("POST", sending.form.action, data=body, files=upload) as answer,
    ):
        for piece in answer.iter_raw():
            page += piece
    return code_in(page.decode(errors="ignore"))


def cut_off(server: Server, sending: Sending, *, after_seconds: float) -> str:
    """Press the last button, kill the server so much later, and return the code if it was read before."""
    killer = threading.Timer(after_seconds, server.kill)
    killer.start()
    code = sent(server, sending)
    killer.join()
    return code


def opens(server: Server, sending: Sending) -> bool:
    caller = server.caller()
    first, second, third = sending.again.split("\n")
    caller.open().press("code").press("enter", line1=first, line2=second, line3=third)
    caller.close()
    return words(sending.number) in caller.page


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    data = tmp_path_factory.mktemp("killed") / "data"
    program = [sys.executable, "-m", "tests.crash.nursery"]
    with own_database() as database:
        own = surroundings(data, database.address)
        own["PYTHONPATH"] += f"{os.pathsep}{ROOT}"
        own["DJANGO_SETTINGS_MODULE"] = "safeconduct.project.settings"
        pipe = subprocess.PIPE
        with subprocess.Popen(program, cwd=ROOT, env=own, stdin=pipe, stdout=pipe, text=True) as process:
            made = Nursery(process, data)
            made.hear("ready")
            yield made
            process.terminate()


@pytest.fixture(scope="module")
def evening(nursery: Nursery) -> Evening:
    told = Evening()
    with nursery.server() as server:
        usual = _usual_seconds(server, told)
    waiting: list[Sending] = []
    for number in range(MOMENTS):
        with nursery.server() as server:
            _send_again(server, waiting)
            waiting = [written(server, number)]
            # The first is cut off before anything, and the rest up to a little after they would have been answered.
            delay = 1.4 * usual * seeded(number) if number else 0
            waiting[0].code = cut_off(server, waiting[0], after_seconds=delay)
            told.sendings += waiting
    with nursery.server() as server:
        _send_again(server, waiting)
        for sending in told.sendings:
            sending.readable = opens(server, sending)
    found = nursery.look()
    told.reports, told.half_made = found["reports"], found["half made"]
    return told


def _usual_seconds(server: Server, told: Evening) -> float:
    """Let a few reports through, and return how long the last button takes."""
    for number in range(-MEASURED, 0):
        told.sendings.append(written(server, number))
    began = time.monotonic()
    for sending in told.sendings:
        sending.code = sending.again = sent(server, sending)
    return (time.monotonic() - began) / MEASURED


def _send_again(server: Server, waiting: list[Sending]) -> None:
    for sending in waiting:
        sending.again = sent(server, sending)


def test_who_read_their_code_before_the_server_died_reads_the_same_when_they_send_again(evening: Evening) -> None:
    read = [sending for sending in evening.sendings if sending.code]

    assert len(read) >= MEASURED
    assert [(sending.code, sending.again) for sending in read if sending.code != sending.again] == []


def test_everybody_gets_a_code_in_the_end_that_opens_what_they_wrote(evening: Evening) -> None:
    assert [sending.number for sending in evening.sendings if not sending.readable] == []


def test_some_were_cut_off_before_they_read_their_code(evening: Evening) -> None:
    assert "" in {sending.code for sending in evening.sendings}


def test_nobody_reported_twice_by_sending_twice(evening: Evening) -> None:
    assert evening.reports == len(evening.sendings) == len({sending.again for sending in evening.sendings})


def test_the_killed_servers_left_nothing_half_made(evening: Evening) -> None:
    assert {what: count for what, count in evening.half_made.items() if count} == {}
