"""A backup and a restore that are stopped dead leave nothing or the whole, and the next one goes through."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from safeconduct.backups import parcels
from safeconduct.kernel.errors import Refused
from tests.databases import Database, own_database

ROOT = Path(__file__).resolve().parents[2]
# Of the moments from the first row on: among the rows, before the end of the transaction, about its end.
PARTS = (0.5, 0.95, 0.99)

pytestmark = pytest.mark.loopback


@dataclass
class Saved:
    """A backup that was made whole, and where others of it were cut off."""

    folder: Path
    cards: list[str] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "backup"

    @property
    def ledger(self) -> Path:
        return self.folder / "data" / "ledger" / "erasures.jsonl"


def run(module: str, *words: str, data: Path, database: Database) -> subprocess.CompletedProcess[str]:
    own = {
        "SAFECONDUCT_DATA": str(data),
        "SAFECONDUCT_DATABASE": database.address,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    made = Saved(tmp_path_factory.mktemp("saved"))
    with own_database() as database:
        done = run("tests.crash.saver", str(made.file), data=made.folder / "data", database=database)
        assert done.returncode == 0, done.stderr
        made.cards = json.loads(done.stdout)["cards"]
        yield made


def is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            for _ in parcels.check_sum(opened):
                pass
    except Refused:
        return False
    return True


def test_a_killed_backup_leaves_no_file_of_its_name_or_a_whole_one(saved: Saved) -> None:
    named = [path for path in saved.folder.iterdir() if path.is_file() and not path.name.startswith(".")]

    assert saved.file in named
    assert len(named) < 2 + 6
    assert [path.name for path in named if not is_whole(path)] == []


def test_a_killed_restore_leaves_nothing_in_its_place_and_the_next_one_brings_all_back(
    saved: Saved, tmp_path: Path
) -> None:
    with own_database() as database:
        whole = brought(saved, tmp_path / "counted", database, 0)
    with own_database() as database:
        for part in PARTS:
            data = tmp_path / "data"
            killed = restore(saved, data, database, int(whole["moments"] * part))
            if killed.returncode == 0:
                # What the one before had brought to the server stood, and this one put it in its place.
                assert json.loads(killed.stdout)["finished"]
                break
            assert not data.exists() or part > PARTS[0]
            if data.exists():
                break
        else:
            brought(saved, data, database, 0)
        assert sound(data, database)


def restore(saved: Saved, data: Path, database: Database, moment: int) -> subprocess.CompletedProcess[str]:
    words = (str(saved.file), str(saved.ledger), json.dumps(saved.cards), str(moment))
    return run("tests.crash.bringer", *words, data=data, database=database)


def brought(saved: Saved, data: Path, database: Database, moment: int) -> Any:
    done = restore(saved, data, database, moment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def sound(data: Path, database: Database) -> bool:
    """Look at the record with another process, as an operator would."""
    done = run("safeconduct", "audit", "verify", "--json", data=data, database=database)
    said = json.loads(done.stdout)
    return bool(said["sound"]) and said["entries"] > 10
