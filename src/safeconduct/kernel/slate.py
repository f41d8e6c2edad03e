"""What the processes that serve one data folder count together: marks with an end, in memory alone.

Owns the counts and marks of doors, and today's keys under which they are made. Never holds a name or an address, and
never lies on a disk: alone in a process it is that process's memory, shared it is a file in the machine's own memory
(``/dev/shm``) that only this account may open. In flow marks and how long they count; out flow numbers. Any door may
call; only ``project`` says that it is shared.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from safeconduct.kernel import clock

T = TypeVar("T")

MEMORY = Path("/dev/shm")  # noqa: S108 - memory, not a disk; the folder in it is checked to be ours alone
ALONE = ":memory:"
MOST = 50_000
WAITS_SECONDS = 1.0
SWEPT_EVERY = timedelta(minutes=1)
# Half of what a container is given there by default; beyond it doors do as they do when their memory is full.
MOST_BYTES = 32 * 1024 * 1024
PAGE_BYTES = 4096
_TABLE = (
    "CREATE TABLE IF NOT EXISTS marks (room TEXT, mark BLOB, value, ends REAL, PRIMARY KEY (room, mark)) WITHOUT ROWID"
)
_FORGET = (
    "DELETE FROM marks WHERE room = ? AND mark IN"
    " (SELECT mark FROM marks WHERE room = ? AND mark <> ? ORDER BY ends LIMIT ?)"
)
# What is deleted is overwritten; nothing is waited for, since nothing here outlives the machine's power.
_SETTINGS = (
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = ON",
    f"PRAGMA max_page_count = {MOST_BYTES // PAGE_BYTES}",
)


class Slate:
    """Marks in rooms, each with a value and an end. What has ended counts no more and is wiped within a minute."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._line = _opened(ALONE)
        self._swept = 0.0

    def count(self, room: str, mark: bytes, *, ends: datetime, most: int = MOST) -> int:
        """Count a mark once more and return how often it was; a new one in a full room was too often already."""

        def counted(line: sqlite3.Connection) -> int:
            if not _has(line, room, mark) and _is_full(line, room, most):
                return sys.maxsize
            line.execute(
                "INSERT INTO marks VALUES (?, ?, 1, ?) ON CONFLICT (room, mark) DO UPDATE SET value = value + 1",
                (room, mark, ends.timestamp()),
            )
            return int(line.execute("SELECT value FROM marks WHERE room = ? AND mark = ?", (room, mark)).fetchone()[0])

        return self._do(counted)

    def total(self, room: str) -> int:
        """Return how often all marks of a room were counted."""
        asked = "SELECT coalesce(sum(value), 0) FROM marks WHERE room = ? AND ends > ?"
        return self._do(lambda line: int(line.execute(asked, (room, _now())).fetchone()[0]))

    def first(self, room: str, marks: Collection[bytes], value: bytes, *, ends: datetime, most: int = MOST) -> bytes:
        """Return the value that any of these marks has already, else this one; then all have one, if there is room."""
        asked = "SELECT value FROM marks WHERE room = ? AND mark = ? AND ends > ?"

        def kept(line: sqlite3.Connection) -> bytes:
            found = (line.execute(asked, (room, mark, _now())).fetchone() for mark in sorted(marks))
            known = next((bytes(row[0]) for row in found if row), value)
            if _is_full(line, room, most):
                return known
            rows = [(room, mark, known, ends.timestamp()) for mark in marks]
            line.executemany("INSERT OR IGNORE INTO marks VALUES (?, ?, ?, ?)", rows)
            return known

        return self._do(kept)

    def once(self, room: str, mark: bytes, *, ends: datetime, most: int = MOST) -> bool:
        """Return whether this mark is made for the first time. A full room forgets the tenth of it that ends first."""
        made = "INSERT OR IGNORE INTO marks VALUES (?, ?, 1, ?)"

        def kept(line: sqlite3.Connection) -> bool:
            first = line.execute(made, (room, mark, ends.timestamp())).rowcount == 1
            if first and _is_full(line, room, most + 1):
                line.execute(_FORGET, (room, room, mark, max(1, most // 10)))
            return first

        return self._do(kept)

    def forget(self, room: str, mark: bytes) -> None:
        """Let a mark be as if it had never been made."""
        self._do(lambda line: line.execute("DELETE FROM marks WHERE room = ? AND mark = ?", (room, mark)))

    def say(self, room: str, value: bytes | None, *, ends: datetime) -> None:
        """Say one thing in a room in place of what was said before; None takes it back."""

        def said(line: sqlite3.Connection) -> None:
            line.execute("DELETE FROM marks WHERE room = ?", (room,))
            if value is not None:
                line.execute("INSERT INTO marks VALUES (?, x'', ?, ?)", (room, value, ends.timestamp()))

        self._do(said)

    def said(self, room: str) -> bytes | None:
        """Return what was said in a room and still counts."""
        asked = "SELECT value FROM marks WHERE room = ? AND mark = x'' AND ends > ?"
        row = self._do(lambda line: line.execute(asked, (room, _now())).fetchone())
        return bytes(row[0]) if row else None

    def rooms(self) -> list[str]:
        """Return the names of the rooms that hold anything."""
        return self._do(lambda line: [str(row[0]) for row in line.execute("SELECT DISTINCT room FROM marks")])

    def marks(self, room: str) -> list[bytes]:
        """Return the marks of a room."""
        asked = "SELECT mark FROM marks WHERE room = ?"
        return self._do(lambda line: [bytes(row[0]) for row in line.execute(asked, (room,))])

    def wipe(self) -> None:
        """Forget everything."""
        self._do(lambda line: line.execute("DELETE FROM marks"))

    @contextmanager
    def shared(self, data: Path) -> Iterator[bool]:
        """Count together with the other processes of a data folder inside the block; give whether that can be."""
        with contextlib.ExitStack() as held:
            where = held.enter_context(_held(data))
            if where is not None:
                self._turn_to(str(where))
            try:
                yield where is not None
            finally:
                self._turn_to(ALONE)

    def _turn_to(self, where: str) -> None:
        with self._lock:
            self._line.close()
            self._line = _opened(where)

    def _do(self, act: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            try:
                return self._done(act)
            except sqlite3.Error:
                # A door that cannot count must not stop a report: from here on this process counts alone.
                self._turn_to(ALONE)
                return self._done(act)

    def _done(self, act: Callable[[sqlite3.Connection], T]) -> T:
        with self._line:
            self._line.execute("BEGIN IMMEDIATE")
            if abs(_now() - self._swept) > SWEPT_EVERY.total_seconds():
                self._line.execute("DELETE FROM marks WHERE ends <= ?", (_now(),))
                self._swept = _now()
            return act(self._line)


def place_for(data: Path) -> Path | None:
    """Return the folder in the machine's memory for a data folder, or None where there is no such memory to be had."""
    name = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    where = MEMORY / f"safeconduct-{os.getuid()}-{name}"
    try:
        where.mkdir(mode=0o700, exist_ok=True)
        found = where.lstat()
    except OSError:
        return None
    # Anybody may make folders there. One that another made, or may read, is not used.
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return where if ours else None


@contextmanager
def _held(data: Path) -> Iterator[Path | None]:
    """Hold a place in memory that goes with its last holder: the first finds nothing, and the last leaves nothing."""
    where = place_for(data)
    if where is None:
        yield None
        return
    file = where / "slate"
    with (where / "held").open("wb") as held:
        _clear(held.fileno(), file)
        fcntl.flock(held, fcntl.LOCK_SH)
        try:
            yield file
        finally:
            fcntl.flock(held, fcntl.LOCK_UN)
            _clear(held.fileno(), file)


def _clear(held: int, file: Path) -> None:
    with contextlib.suppress(OSError):
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink(missing_ok=True)
        fcntl.flock(held, fcntl.LOCK_UN)


def _opened(where: str) -> sqlite3.Connection:
    line = sqlite3.connect(where, timeout=WAITS_SECONDS, isolation_level=None, check_same_thread=False)
    for setting in (*_SETTINGS, _TABLE):
        line.execute(setting)
    return line


def _is_full(line: sqlite3.Connection, room: str, most: int) -> bool:
    asked = "SELECT count(*) FROM (SELECT 1 FROM marks WHERE room = ? LIMIT ?)"
    return int(line.execute(asked, (room, most)).fetchone()[0]) >= most


def _has(line: sqlite3.Connection, room: str, mark: bytes) -> bool:
    return line.execute("SELECT 1 FROM marks WHERE room = ? AND mark = ?", (room, mark)).fetchone() is not None


def _now() -> float:
    return clock.now().timestamp()


slate = Slate()
