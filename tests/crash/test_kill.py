"""What was reported is never lost: the process is stopped dead at hundreds of seeded moments while reports come in."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.databases import own_database

ROOT = Path(__file__).resolve().parents[2]
POINTS = int(os.environ.get("SAFECONDUCT_KILL_POINTS", "500"))
SEED = "the story"

pytestmark = pytest.mark.loopback


@dataclass(frozen=True)
class Aftermath:
    """What the reporters saw, and what a later process finds."""

    shown: dict[str, str]
    again: dict[str, str]
    reports: dict[str, int]
    readable: frozenset[str]
    half_made: dict[str, int]
    record_holds: bool

    @property
    def codes(self) -> set[str]:
        return {code for code in [*self.shown.values(), *self.again.values()] if code}

    @property
    def lost(self) -> list[str]:
        """Return the codes that somebody read and that open nothing, or not what was told."""
        return sorted(self.codes - self.readable)


def after(folder: Path, *, points: int, life: str) -> Aftermath:
    """Kill a process at so many points, then look with another."""
    with own_database() as database:
        own = {
            "SAFECONDUCT_DATA": str(folder / "data"),
            "SAFECONDUCT_DATABASE": database.address,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "error",
        }
        told = _run("tests.crash.victim", str(points), SEED, life, **own)
        found = _run("tests.crash.witness", str(points), SEED, **own)
    return Aftermath(
        told["shown"],
        told["again"],
        found["reports"],
        frozenset(found["readable"]),
        found["half made"],
        found["record holds"],
    )


def _run(module: str, *arguments: str, **own: str) -> Any:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    return after(tmp_path_factory.mktemp("killed"), points=POINTS, life="whole")


def test_the_process_was_killed_before_and_after_the_code_was_shown(aftermath: Aftermath) -> None:
    shown = [code for code in aftermath.shown.values() if code]

    assert 0 < len(shown) < POINTS


def test_every_report_whose_code_was_shown_is_there_and_opens_with_that_code(aftermath: Aftermath) -> None:
    assert aftermath.lost == []


def test_no_report_is_there_twice(aftermath: Aftermath) -> None:
    assert [code for code, count in aftermath.reports.items() if count > 1] == []


def test_the_same_form_sent_again_after_a_broken_line_gives_the_same_code(aftermath: Aftermath) -> None:
    twice = {number: code for number, code in aftermath.again.items() if aftermath.shown[number]}

    assert all(aftermath.again.values())
    assert twice == {number: aftermath.shown[number] for number in twice}


def test_nothing_half_made_is_left(aftermath: Aftermath) -> None:
    assert {what: count for what, count in aftermath.half_made.items() if count} == {}


def test_the_record_still_holds_and_knows_every_report(aftermath: Aftermath) -> None:
    assert aftermath.record_holds


def test_a_code_shown_before_its_report_is_kept_would_be_found_out(tmp_path: Path) -> None:
    """Plant the fault this is all about, and see that it shows."""
    assert after(tmp_path, points=12, life="too-soon").lost
