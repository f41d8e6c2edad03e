"""The command line starts fast, loads only what a command needs, and fails in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.cli import lazily
from safeconduct.cli.lazily import TOPICS
from safeconduct.cli.main import app, every_command
from safeconduct.kernel.errors import Unavailable

ROOT = Path(__file__).resolve().parents[2]
SAYS_WHAT_WAS_LOADED = """
import atexit, sys
atexit.register(lambda: print("django" in sys.modules))
from safeconduct.cli.main import run
run()
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-c", SAYS_WHAT_WAS_LOADED, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.one_database
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("proof", "--help")])
def test_what_needs_no_programme_loads_no_framework(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False")


@pytest.mark.one_database
def test_every_topic_is_listed_with_its_help() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output

    assert all(topic.word in shown and topic.help.split()[0] in shown for topic in TOPICS)


def test_every_command_can_be_named() -> None:
    found = every_command()

    assert {"safeconduct init", "safeconduct doctor", "safeconduct members sign"} <= set(found)


def test_a_failure_on_purpose_is_one_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        raise Unavailable("test.absent", "The outside did not answer. Nothing was changed.")

    monkeypatch.setattr(lazily, "use_programme", absent)

    done = CliRunner().invoke(app, ["doctor"])

    assert (done.exit_code, done.output) == (1, "The outside did not answer. Nothing was changed.\n")


@pytest.mark.one_database
def test_an_unknown_word_is_refused_as_such() -> None:
    done = CliRunner().invoke(app, ["nosuch"])

    assert done.exit_code == 2
    assert "No such command" in done.output
