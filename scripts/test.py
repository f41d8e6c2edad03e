"""Run the tests: everything on SQLite, and whatever touches storage on PostgreSQL too, two pieces at a time."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import IO

QUIETLY = ["-q", "--durations=15", "--durations-min=1", "-p", "no:cacheprovider"]
ONCE = "one_database or browser or synapse"
STORIES, SYNAPSE = "tests/stories", "tests/synapse"
# For two processors. More at once would only make everything wait that waits for a browser or a server.
AT_ONCE = 2


@dataclass(frozen=True)
class Piece:
    """A part of the tests that one process runs on one database."""

    name: str
    database: str
    arguments: tuple[str, ...]


# The longest first: whoever is done takes the next, so both processors are busy until nearly the end.
PIECES = (
    Piece("Storage, on PostgreSQL", "postgresql", ("-m", f"not ({ONCE})")),
    Piece("Storage, on SQLite", "sqlite", ("-m", f"not ({ONCE})")),
    Piece("Stories", "sqlite", ("-m", ONCE, STORIES)),
    Piece("What runs once", "sqlite", ("-m", ONCE, f"--ignore={STORIES}", f"--ignore={SYNAPSE}")),
    Piece("A real homeserver", "sqlite", ("-m", ONCE, SYNAPSE)),
)

_printing = Lock()


def outcome(arguments: list[str], *, database: str, output: IO[bytes] | None = None) -> int:
    """Run pytest on one database and return what it leaves with."""
    command = [sys.executable, "-m", "pytest", *arguments]
    surroundings = os.environ | {"TEST_DATABASE": database}
    return subprocess.run(command, env=surroundings, stdout=output, stderr=output, check=False).returncode


def reported(piece: Piece) -> int:
    """Run one piece, print its report once it is done, and return what it left with."""
    begun = time.monotonic()
    say(f"{piece.name}: begun")
    with tempfile.TemporaryFile() as report:
        code = outcome([*QUIETLY, *piece.arguments], database=piece.database, output=report)
        report.seek(0)
        minutes, seconds = divmod(round(time.monotonic() - begun), 60)
        say(f"{piece.name}: {'FAILED' if code else 'passed'} in {minutes} min {seconds} s", report.read())
    return code


def say(line: str, report: bytes = b"") -> None:
    """Print a line, and a report after it, that nothing comes between."""
    with _printing:
        print(line, flush=True)
        sys.stdout.buffer.write(report)
        sys.stdout.flush()


def whole() -> bool:
    """Run every piece and return whether all passed."""
    with ThreadPoolExecutor(AT_ONCE) as pieces:
        return not any(list(pieces.map(reported, PIECES)))


def main(arguments: list[str]) -> int:
    """Run what was asked for, or the whole suite on both databases."""
    if arguments:
        return outcome(arguments, database=os.environ.get("TEST_DATABASE", "sqlite"))
    return 0 if whole() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
