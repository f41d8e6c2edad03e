"""The nginx lines we hand out, run by nginx itself in front of our server."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from safeconduct.project import serving
from tests.stories.terminator import certificate

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

OURS = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
SAID = b"They wait at my door. "
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
LARGE = 5_000_000
AROUND = """
daemon off; master_process off; worker_processes 1; pid {0}/pid; error_log /dev/null emerg;
events {{ worker_connections 512; }}
http {{
client_body_temp_path {0}/bodies; proxy_temp_path {0}/answers; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u;
scgi_temp_path {0}/s;
include {0}/ours.conf;
}}
"""


@dataclass(frozen=True)
class Proxied:
    """nginx, its folder, where it answers, and what the service behind it has heard of each request."""

    folder: Path
    port: int
    plain_port: int
    process: subprocess.Popen[bytes]
    heard: list[dict[str, Any]]

    def line(self) -> ssl.SSLSocket:
        """Open a line to it, whoever it says it is: the certificate is our own."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=120))

    def kept(self) -> bytes:
        """Return everything that it holds in files, open deleted ones included."""
        open_files = [path for path in Path(f"/proc/{self.process.pid}/fd").iterdir() if _is_file(path)]
        return b"".join(path.read_bytes() for path in (*self.folder.rglob("*"), *open_files) if path.is_file())


def _is_file(path: Path) -> bool:
    try:
        return path.stat().st_size > 0 and path.is_file()
    except OSError:
        return False


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def changes() -> dict[str, str]:
    """Return what a test changes in our lines besides ports and certificate."""
    return {}


@pytest.fixture
def proxied(tmp_path: Path, changes: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxied]:
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if found is None:
        assert not os.environ.get("CI"), "CI must have nginx: the lines we hand out are run there."
        pytest.skip("nginx is not installed, so the lines we hand out for it cannot be run here.")
    heard: list[dict[str, Any]] = []
    # One address has half of the places, and nginx is to be the one that says no.
    monkeypatch.setenv("SAFECONDUCT_UPLOADS", "128")
    made = serving.server(answering(heard), host="127.0.0.1", port=0, threads=4, behind_proxy=True)
    with serving.serving(made) as upstream, ExitStack() as held:
        port, plain = free_port(), free_port()
        pem = str(certificate(tmp_path))
        ports = {":8000": f":{upstream}", "listen 443": f"listen 127.0.0.1:{port}", "listen 80": f"listen {plain}"}
        paths = {"/etc/ssl/help.platform.example.pem": pem, "/etc/ssl/private/help.platform.example.key": pem}
        (tmp_path / "ours.conf").write_text(changed(OURS.read_text(), ports | paths | changes))
        (tmp_path / "nginx.conf").write_text(AROUND.format(tmp_path))
        process = subprocess.Popen([found, "-p", tmp_path, "-c", tmp_path / "nginx.conf"], stderr=subprocess.PIPE)
        held.callback(end, process)
        wait_for(port, process)
        yield Proxied(tmp_path, port, plain, process, heard)


def changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.communicate(timeout=120)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, process.communicate()[1]
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nginx did not start")


def answering(heard: list[dict[str, Any]]) -> Callable[..., Iterable[bytes]]:
    """Return a service that says what it heard, as soon as the first piece of a body is there."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
        heard.append(said)
        body = environ["wsgi.input"]
        left = int(environ.get("CONTENT_LENGTH") or 0)
        while left and (piece := body.read(min(left, 100_000))):
            left -= len(piece)
            said["bytes"] = said.get("bytes", 0) + len(piece)
        answer = SAID * 200_000 if environ["PATH_INFO"] == "/large" else json.dumps(said).encode()
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]

    return application


def test_it_says_which_host_was_asked_that_it_was_https_and_whose_line_it_is(proxied: Proxied) -> None:
    claimed = {"Host": "help.platform.example:8443", "X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.1"}
    asked = HTTPSConnection("127.0.0.1", proxied.port)
    asked.sock = proxied.line()
    asked.request("GET", "/help", headers=claimed)
    told = json.loads(asked.getresponse().read())
    asked.close()

    assert told["HTTP_HOST"] == "help.platform.example:8443"
    assert told["HTTP_X_FORWARDED_PROTO"] == "https"
    assert told["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"


def test_a_photograph_passes_through_and_never_lies_on_its_disk(proxied: Proxied) -> None:
    with proxied.line() as line:
        line.sendall(HEAD % LARGE + SAID * 100_000)
        for _ in range(1200):
            if proxied.heard and proxied.heard[-1].get("bytes", 0) >= 2_000_000:
                break
            time.sleep(0.1)

        # It is under way: the service has most of it, and nginx keeps none.
        assert proxied.heard[-1]["bytes"] >= 2_000_000
        assert SAID not in proxied.kept()
        line.sendall((SAID * 200_000)[: LARGE - len(SAID) * 100_000])
        assert b"200 OK" in line.recv(1000)
    assert SAID not in proxied.kept()


def test_a_large_answer_taken_in_slowly_never_lies_on_its_disk(proxied: Proxied) -> None:
    with proxied.line() as line:
        line.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        came = line.recv(1000)
        time.sleep(0.5)

        assert SAID not in proxied.kept()
        while len(came) < len(SAID) * 200_000 and (piece := line.recv(100_000)):
            came += piece
    assert came.count(SAID) == 200_000


def test_no_address_is_written_down_even_when_things_go_wrong(proxied: Proxied) -> None:
    for said in (b"GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n", b"nonsense\r\n\r\n", HEAD % 40_000_000):
        with proxied.line() as line:
            line.sendall(said)
            line.recv(1000)
    with ExitStack() as held:
        for _ in range(60):
            held.enter_context(proxied.line()).sendall(HEAD % LARGE)

    files = [path for path in proxied.folder.rglob("*") if path.is_file() and path.name not in GIVEN]
    assert not [path for path in files if b"127.0.0.1" in path.read_bytes()]


GIVEN = {"ours.conf", "nginx.conf"}


@pytest.mark.parametrize("changes", [{"_header_timeout 20s": "_header_timeout 1s"}])
@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nX: "])
def test_a_slow_head_is_ended(proxied: Proxied, said: bytes) -> None:
    with proxied.line() as line:
        line.sendall(said)

        assert line.recv(1000) == b""


@pytest.mark.parametrize("changes", [{"_body_timeout 60s": "_body_timeout 1s"}])
def test_a_silent_body_is_ended(proxied: Proxied) -> None:
    with proxied.line() as line:
        line.sendall(HEAD % LARGE + SAID)

        assert b"200" not in line.recv(1000)


def test_one_address_holds_only_so_many_lines(proxied: Proxied) -> None:
    with ExitStack() as held:
        lines = [held.enter_context(proxied.line()) for _ in range(41)]
        for line in lines[:40]:
            line.sendall(HEAD % LARGE + SAID)
        while len(proxied.heard) < 40:
            time.sleep(0.05)
        lines[40].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

        assert b"503" in lines[40].recv(1000)


def test_a_program_that_speaks_in_clear_is_refused_and_not_sent_on(proxied: Proxied) -> None:
    with closing(socket.create_connection(("127.0.0.1", proxied.plain_port), timeout=120)) as line:
        line.sendall(b"POST /api/v1/reports HTTP/1.1\r\nHost: help.platform.example\r\nContent-Length: 0\r\n\r\n")
        answer = line.recv(1000)

    assert answer.startswith(b"HTTP/1.1 403")
    assert proxied.heard == []


def test_plain_http_is_sent_to_https(proxied: Proxied) -> None:
    with closing(socket.create_connection(("127.0.0.1", proxied.plain_port), timeout=120)) as line:
        line.sendall(b"GET /help?l=ar HTTP/1.1\r\nHost: help.platform.example\r\n\r\n")
        answer = line.recv(1000)

    assert answer.startswith(b"HTTP/1.1 308")
    assert b"Location: https://help.platform.example/help?l=ar\r\n" in answer
    assert proxied.heard == []
