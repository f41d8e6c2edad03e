"""Stops a process dead at seeded moments while reports come in, and tells what a later one finds."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.databases import Database

ROOT = Path(__file__).resolve().parents[2]
SEED = "the story"


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

    @property
    def twice(self) -> list[str]:
        """Return the codes under which more than one report lies."""
        return [code for code, count in self.reports.items() if count > 1]

    @property
    def left(self) -> dict[str, int]:
        """Return what stands without the other half it is nothing without."""
        return {what: count for what, count in self.half_made.items() if count}


def after(folder: Path, database: Database, *, points: int, life: str = "whole") -> Aftermath:
    """Kill a process at so many points, then look with another."""
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
