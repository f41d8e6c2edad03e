"""Run the tests: everything on SQLite and, at the same time, whatever touches storage on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import IO

QUIETLY = ["-q", "--durations=15", "--durations-min=1", "-p", "no:cacheprovider"]
ONCE = "one_database or browser or synapse"
STORIES = "tests/stories"

Piece = tuple[str, list[str]]

# Two lanes of about the same length, for two processors. What runs once goes where there is room for it.
SHOWN: list[Piece] = [("sqlite", ["-m", f"not ({ONCE})"]), ("sqlite", ["-m", ONCE, f"--ignore={STORIES}"])]
ASIDE: list[Piece] = [("postgresql", ["-m", f"not ({ONCE})"]), ("sqlite", ["-m", ONCE, STORIES])]


def outcome(arguments: list[str], *, database: str, output: IO[bytes] | None = None) -> int:
    """Run pytest on one database and return what it leaves with."""
    command = [sys.executable, "-m", "pytest", *arguments]
    surroundings = os.environ | {"TEST_DATABASE": database}
    return subprocess.run(command, env=surroundings, stdout=output, stderr=output, check=False).returncode


def lane(pieces: list[Piece], output: IO[bytes] | None = None) -> list[int]:
    """Run some pieces one after another and return what each left with."""
    return [outcome([*QUIETLY, *arguments], database=database, output=output) for database, arguments in pieces]


def whole() -> bool:
    """Run both lanes side by side, print one report after the other, and return whether all passed."""
    with tempfile.TemporaryFile() as report, ThreadPoolExecutor(1) as beside:
        aside = beside.submit(lane, ASIDE, report)
        print("SQLite. PostgreSQL and the stories run beside it and report after it.", flush=True)
        codes = [*lane(SHOWN), *aside.result()]
        report.seek(0)
        print("PostgreSQL, then the stories", flush=True)
        sys.stdout.buffer.write(report.read())
        sys.stdout.flush()
    return not any(codes)


def main(arguments: list[str]) -> int:
    """Run what was asked for, or the whole suite on both databases."""
    if arguments:
        return outcome(arguments, database=os.environ.get("TEST_DATABASE", "sqlite"))
    return 0 if whole() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
