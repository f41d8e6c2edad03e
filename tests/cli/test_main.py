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
from safeconduct.kernel.called import as_called
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
    environment.pop("SAFECONDUCT_DATABASE", None)
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


@pytest.mark.one_database
@pytest.mark.parametrize("words", [("doctor",), ("doctor", "--json")])
def test_doctor_makes_nothing_where_nothing_is(tmp_path: Path, words: tuple[str, ...]) -> None:
    absent = tmp_path / "absent"

    done = run(*words, "--data", str(absent))

    assert done.returncode == 1
    assert f"There is no programme in {absent}. Nothing was made." in done.stderr
    assert f"safeconduct init --data {absent}" in done.stderr
    assert not absent.exists()


@pytest.mark.one_database
@pytest.mark.parametrize("before", [True, False])
def test_the_folder_that_is_named_is_the_one_that_is_used(tmp_path: Path, *, before: bool) -> None:
    (tmp_path / "in-the-way").write_text("")
    folder = ("--data", str(tmp_path / "in-the-way"))

    done = run(*folder, "members", "list") if before else run("members", "list", *folder)

    assert f"The key file forms.key in {tmp_path}/in-the-way/keys cannot be made" in done.stderr


@pytest.mark.one_database
def test_doctor_names_a_missing_database_and_makes_none(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "forms.key").write_bytes(b"k" * 32)

    done = run("--data", str(tmp_path), "doctor")

    assert f"Missing in {tmp_path}: safeconduct.sqlite3. Put back the copy" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.mark.one_database
def test_commands_are_named_as_they_are_typed_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_CALLED", "./run safeconduct")

    absent = run("doctor", "--data", str(tmp_path / "absent"))
    mistyped = run("nonsense")

    assert "start one there: ./run safeconduct init" in absent.stderr
    assert "Usage: ./run safeconduct" in mistyped.stderr


def test_only_commands_are_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_CALLED", "./run safeconduct")

    said = as_called("In /srv/safeconduct data run 'safeconduct doctor', or ./run safeconduct init.")

    assert said == "In /srv/safeconduct data run './run safeconduct doctor', or ./run safeconduct init."


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
