"""``safeconduct audit follow``: the record as JSON lines while it grows, going on where it stopped."""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from django.db import close_old_connections

from safeconduct.audit.following import lines_from
from safeconduct.kernel.errors import Unavailable

OWNER_ONLY = 0o600
LONGEST_LINE = 64 * 1024
NAP_SECONDS = 1.0

To = Annotated[Path | None, typer.Option("--to", help="A file to append to, readable by you alone. Else the screen.")]
Since = Annotated[int, typer.Option("--from", min=0, help="The place to begin at; a file goes on where it ends.")]
Once = Annotated[bool, typer.Option("--once", help="Write what is there now and end.")]


def follow(*, to: To = None, since: Since = 0, once: Once = False) -> None:
    """Write the record as JSON lines while it grows, for a system that reads along. Stop it with Ctrl-C."""
    if to is None:
        _go(sys.stdout.buffer, since, once=once)
        return
    with _opened(to) as file:
        _go(file, max(since, _resumed(file, to)), once=once)


def _go(file: BinaryIO, index: int, *, once: bool) -> None:
    try:
        for line in _growing(index, once=once):
            file.write(f"{line}\n".encode())
            file.flush()
    except (KeyboardInterrupt, BrokenPipeError):
        # Whoever reads along has gone; what was written whole stays.
        return


def _growing(index: int, *, once: bool) -> Iterator[str]:
    while True:
        close_old_connections()
        lines = [*lines_from(index)]
        yield from lines
        if lines:
            # Not by counting: where the record has a gap, a place is no number of lines.
            index = _place_of(lines[-1]) + 1
        elif once:
            return
        else:
            time.sleep(NAP_SECONDS)


def _place_of(line: str | bytes) -> int:
    return int(json.loads(line)["index"])


def _opened(path: Path) -> BinaryIO:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
    except OSError as fault:
        sentence = f"The file {path} cannot be written. Name a file in a folder of yours."
        raise Unavailable("follow.unwritable", sentence) from fault
    return os.fdopen(handle, "r+b", buffering=0)  # a line is out once written


def _resumed(file: BinaryIO, path: Path) -> int:
    """Return the place after the last whole line, and cut off a line that a crash left half written."""
    end = file.seek(0, os.SEEK_END)
    begin = file.seek(max(0, end - LONGEST_LINE))
    tail = file.read(end - begin)
    whole = tail.rfind(b"\n") + 1
    if whole < len(tail):
        file.truncate(begin + whole)
    if not whole:
        return 0
    try:
        return _place_of(tail[:whole].splitlines()[-1]) + 1
    except (ValueError, KeyError, TypeError) as fault:
        sentence = f"The last line of {path} is no entry of the record. Name another file."
        raise Unavailable("follow.strange", sentence) from fault
