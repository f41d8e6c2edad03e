"""Run the tests: everything on SQLite and, at the same time, whatever touches storage on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from typing import IO

QUIETLY = ["-q", "--durations=15", "--durations-min=1"]
ON_POSTGRESQL = ["-m", "not one_database and not browser and not synapse", "-p", "no:cacheprovider"]


def begun(arguments: list[str], *, database: str, output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start pytest on one database."""
    command = [sys.executable, "-m", "pytest", *arguments]
    surroundings = os.environ | {"TEST_DATABASE": database}
    return subprocess.Popen(command, env=surroundings, stdout=output, stderr=output)


def on_both() -> bool:
    """Run on both databases side by side, print one report after the other, and return whether both passed."""
    with tempfile.TemporaryFile() as report:
        aside = begun([*QUIETLY, *ON_POSTGRESQL], database="postgresql", output=report)
        print("SQLite; PostgreSQL runs beside it and reports after it.", flush=True)
        codes = [begun(QUIETLY, database="sqlite").wait(), aside.wait()]
        report.seek(0)
        print("PostgreSQL", flush=True)
        sys.stdout.buffer.write(report.read())
        sys.stdout.flush()
    return codes == [0, 0]


def main(arguments: list[str]) -> int:
    """Run what was asked for, or the whole suite on both databases."""
    if arguments:
        return begun(arguments, database=os.environ.get("TEST_DATABASE", "sqlite")).wait()
    return 0 if on_both() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
