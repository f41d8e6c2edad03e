"""Run the tests: everything on SQLite, then whatever touches storage on PostgreSQL."""

import os
import subprocess
import sys

QUIETLY = ["-q", "--durations=15", "--durations-min=1"]
ON_POSTGRESQL = "not one_database and not browser and not synapse"


def passed(arguments: list[str], **variables: str) -> bool:
    """Run pytest and return whether it passed."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env=os.environ | variables, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    """Run what was asked for, or the whole suite on both databases."""
    if arguments:
        return 0 if passed(arguments) else 1
    results = [
        passed(QUIETLY, TEST_DATABASE="sqlite"),
        passed([*QUIETLY, "-m", ON_POSTGRESQL], TEST_DATABASE="postgresql"),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
