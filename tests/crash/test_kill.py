"""What was reported is never lost: the process is stopped dead at hundreds of seeded moments while reports come in."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POINTS = int(os.environ.get("SAFECONDUCT_KILL_POINTS", "500"))
SEED = "the story"

pytestmark = pytest.mark.loopback


@dataclass(frozen=True)
class Aftermath:
    """What the reporters saw, and what a later process finds."""

    shown: dict[str, str]
    again: dict[str, str]
    found: dict[str, int]


def surroundings(folder: Path) -> dict[str, str]:
    return os.environ | {"SAFECONDUCT_DATA": str(folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    folder = tmp_path_factory.mktemp("killed")
    program = [sys.executable, "-W", "error", "-m", "tests.crash.victim", str(POINTS), SEED]
    done = subprocess.run(program, cwd=ROOT, env=surroundings(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    looked = subprocess.run(
        [sys.executable, "-m", "tests.crash.witness", str(POINTS), SEED],
        cwd=ROOT,
        env=surroundings(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert looked.returncode == 0, looked.stderr
    return Aftermath(told["shown"], told["again"], json.loads(looked.stdout))


def test_the_process_was_killed_before_and_after_the_code_was_shown(aftermath: Aftermath) -> None:
    shown = [code for code in aftermath.shown.values() if code]

    assert 0 < len(shown) < POINTS


def test_every_report_whose_code_was_shown_is_there_and_opens_with_that_code(aftermath: Aftermath) -> None:
    codes = {code for code in aftermath.shown.values() if code} | set(aftermath.again.values())

    assert [code for code in codes if aftermath.found.get(code) != 1] == []


def test_no_report_is_there_twice(aftermath: Aftermath) -> None:
    assert [code for code, count in aftermath.found.items() if count > 1] == []


def test_the_same_form_sent_again_after_a_broken_line_gives_the_same_code(aftermath: Aftermath) -> None:
    twice = {number: code for number, code in aftermath.again.items() if aftermath.shown[number]}

    assert all(aftermath.again.values())
    assert twice == {number: aftermath.shown[number] for number in twice}


def test_nothing_half_made_is_left(aftermath: Aftermath) -> None:
    assert aftermath.found["half-made"] == 0
