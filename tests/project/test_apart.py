"""Pages and timed work in processes of their own, on PostgreSQL; on SQLite one process does both."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.databases import own_postgresql
from tests.project.starting import ended
from tests.stories.founded import RealProgramme, found
from tests.stories.keyboard import ROOT
from tests.stories.served import Served, listening

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
REAL = {"SAFECONDUCT_DEMONSTRATION": "no", "SAFECONDUCT_HTTPS": "yes"}
PROXIED = {"Host": "localhost", "X-Forwarded-Proto": "https"}


@contextmanager
def running(programme: RealProgramme, *words: str) -> Iterator[subprocess.Popen[str]]:
    program = [sys.executable, "-m", "safeconduct", *words]
    process = subprocess.Popen(
        program, cwd=ROOT, env=programme.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=120)
        if process.stdout:
            process.stdout.close()


@contextmanager
def pages(programme: RealProgramme) -> Iterator[Served]:
    with (
        running(programme, "serve", "--port", "0", "--without-jobs") as process,
        listening(Served("", programme.data, process, programme.database)) as served,
    ):
        yield served


def status(served: Served, path: str) -> int:
    return httpx.get(f"{served.address}{path}", headers=PROXIED, trust_env=False, timeout=60).status_code


def test_two_processes_serve_pages_while_a_third_does_the_timed_work(tmp_path: Path) -> None:
    with own_postgresql() as database:
        programme = RealProgramme(tmp_path / "data", database.address)
        found(programme)
        with running(programme, "jobs") as jobs, pages(programme) as one, pages(programme) as other:
            assert jobs.stdout is not None
            assert "Doing the timed work" in jobs.stdout.readline()

            assert [status(each, "/sign-in") for each in (one, other)] == [200, 200]
            again = programme.command("jobs")
            checked = programme.command("audit", "verify").stdout

    assert "is being served already" in again.stderr
    assert "Every entry, every hash and every signature fits." in checked


@pytest.mark.parametrize("words", [("jobs",), ("serve", "--without-jobs", "--port", "0")])
def test_on_sqlite_pages_and_jobs_do_not_run_apart(tmp_path: Path, words: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    (data / "keys").mkdir(parents=True)
    for name in ("second-factor.key", "custodians.json"):
        (data / "keys" / name).write_text("{}")
    (data / "safeconduct.sqlite3").touch()

    done = ended(*words, data=data, **REAL)

    assert done.refused_in_one_sentence
    assert "run apart on PostgreSQL alone" in done.said
    shutil.rmtree(data)
