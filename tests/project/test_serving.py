"""The server itself: one service a folder, answers without bodies where none belong, settings that are numbers."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.project import serving
from safeconduct.project.options import OPTIONS
from safeconduct.project.wsgi import application

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]


@pytest.fixture
def port() -> Iterator[int]:
    with serving.serving(serving.server(application, host="127.0.0.1", port=0, threads=2)) as listening:
        yield listening


def test_a_head_is_answered_without_a_body_so_that_the_next_answer_is_its_own(port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    statuses = []

    for method in ("HEAD", "GET", "HEAD", "GET"):
        line.request(method, "/leave/weather")
        answer = line.getresponse()
        statuses.append((answer.status, bool(answer.read())))
    line.close()

    assert statuses == [(200, False), (200, True)] * 2


def test_a_folder_is_served_by_one_service_at_a_time(tmp_path: Path) -> None:
    with serving.alone(tmp_path), pytest.raises(Unavailable, match="served already"), serving.alone(tmp_path):
        pass

    with serving.alone(tmp_path):
        pass


@pytest.mark.parametrize("text", ["abc", "0", "-3", "1.5", ""])
def test_a_setting_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("SAFECONDUCT_WORKERS", text)

    with pytest.raises(Refused, match="SAFECONDUCT_WORKERS"):
        OPTIONS["WORKERS"].number()
