"""Two thousand seeded moments at which a process that takes a report is killed, half on each database."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Goal
from tests.crash.killing import Aftermath, after
from tests.databases import Database, own_postgresql

MOMENTS = 1000


def measure(folder: Path) -> Iterator[Figure]:
    """Kill on SQLite, then on a PostgreSQL server of its own; only whether anything is lost has a goal."""
    # Where PostgreSQL's library keeps its locks.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    yield from _killed("SQLite", folder / "sqlite", Database())
    with own_postgresql() as database:
        yield from _killed("PostgreSQL", folder / "postgresql", database)


def _killed(name: str, folder: Path, database: Database) -> Iterator[Figure]:
    folder.mkdir()
    begun = time.perf_counter()
    found = after(folder, database, points=MOMENTS)
    spent = time.perf_counter() - begun
    shown = sum(1 for code in found.shown.values() if code)
    faults = _faults(found)
    yield Figure(f"{name}: moments killed at", len(found.shown), "")
    yield Figure(f"{name}: after the code was shown", shown, "", shown / len(found.shown), "all")
    yield Figure(f"{name}: reports lost, filed twice or half made", faults, "", goal=Goal.at_most(0, faults, ""))
    yield Figure(f"{name}: a moment, its second sending included", spent / len(found.shown) * 1000, "ms")


def _faults(found: Aftermath) -> int:
    """Count each promise that was broken, the record's among them."""
    changed = [number for number, code in found.again.items() if found.shown[number] not in {"", code}]
    unanswered = [number for number, code in found.again.items() if not code]
    broken = len(found.lost) + len(found.twice) + len(changed) + len(unanswered) + sum(found.left.values())
    return broken + (not found.record_holds)
