"""A team's new key is put into use by a process that is stopped dead again and again: nothing is ever unreadable."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.databases import own_database

ROOT = Path(__file__).resolve().parents[2]
POINTS = 8

pytestmark = pytest.mark.loopback


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with own_database() as database:
        own = {
            "SAFECONDUCT_DATA": str(tmp_path_factory.mktemp("rekeyed") / "data"),
            "SAFECONDUCT_DATABASE": database.address,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        command = [sys.executable, "-m", "tests.crash.rekeyed", str(POINTS)]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_process_was_killed_on_its_way(aftermath: Any) -> None:
    assert aftermath["ended"] < POINTS
    assert aftermath["cases"] >= POINTS


def test_after_each_kill_everybody_reads_what_they_ought_to(aftermath: Any) -> None:
    assert aftermath["unreadable"] == []
    assert aftermath["half wrapped"] == []


def test_run_again_to_its_end_nothing_is_left_under_a_former_key(aftermath: Any) -> None:
    assert aftermath["left"] == 0
