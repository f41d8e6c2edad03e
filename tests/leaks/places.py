"""Every place where something could have been left behind, as names and bytes; and the search of them."""

import re
import sqlite3
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from safeconduct.project.demonstration import spellings
from tests.databases import Database
from tests.leaks.planted import PLANTED, Secrets
from tests.stories.served import Served

Held = tuple[str, bytes]
Wanted = Mapping[bytes, str]
ZEROS = re.compile(rb"\0{512,}")


@dataclass(frozen=True)
class Places:
    """Where one served demonstration could leave something."""

    served: Served
    database: Database

    def everything(self) -> Iterator[Held]:
        """Give all of it: files, deleted files still open, what was printed, and every row as the database reads it."""
        yield from self.files()
        yield from open_files_of(self.served.process.pid)
        yield "printed", "".join(self.served.printed).encode()
        yield from self.rows()

    def files(self) -> Iterator[Held]:
        """Give every file of the data folder, of the folder for temporary files around it, and of the database."""
        # The simulated platform and the memory of the invented people are somebody else's.
        elsewhere = {self.served.platform_data, self.served.people}
        yield from files_in(self.served.data.parent, elsewhere=elsewhere)
        if self.database.folder is not None:
            yield from files_in(self.database.folder)

    def rows(self) -> Iterator[Held]:
        """Give every row as it is read: a database may keep long values compressed, or in pieces."""
        if self.database.address:
            yield from _rows_of_postgresql(self.database.address)
        else:
            yield from _rows_of_sqlite(self.served.data / "safeconduct.sqlite3")


def files_in(folder: Path, *, elsewhere: Collection[Path] = ()) -> Iterator[Held]:
    """Give every file below a folder, its own name included: a name is content too."""
    for path in sorted(folder.rglob("*")):
        if elsewhere and any(path.is_relative_to(other) for other in elsewhere):
            continue
        yield "a name", str(path.relative_to(folder)).encode()
        if path.is_file():
            yield str(path), path.read_bytes()


def open_files_of(pid: int) -> Iterator[Held]:
    """Give the files that a process holds open though they were deleted: no folder shows them."""
    for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            if stat.S_ISREG(descriptor.stat().st_mode) and str(descriptor.readlink()).endswith(" (deleted)"):
                yield str(descriptor.readlink()), descriptor.read_bytes()
        except FileNotFoundError:
            continue


def _rows_of_sqlite(path: Path) -> Iterator[Held]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name out of the database itself
            yield f"rows of {table}", b"\0".join(_bytes_of(value) for row in rows for value in row)


def _rows_of_postgresql(address: str) -> Iterator[Held]:
    with psycopg.connect(address) as connection:
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for (table,) in connection.execute(listed).fetchall():
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            yield f"rows of {table}", b"\0".join(_bytes_of(value) for row in rows for value in row)


def _bytes_of(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def wanted(secrets: Secrets, *labels: str) -> Wanted:
    """Return what stands for what was planted and for what the story made up, or only for what is named."""
    forms = {label: spellings.forms_of(phrase) for label, phrase in (PLANTED | secrets.texts).items()}
    forms |= {f"{label}, as bytes": {"raw": raw} | spellings.forms_of_bytes(raw) for label, raw in secrets.raw.items()}
    found: dict[bytes, str] = {}
    for label in labels or forms:
        for form, value in forms[label].items():
            found.setdefault(value, f"{label} ({form})")
    return found


def finds(places: Iterable[Held], looked_for: Wanted) -> list[str]:
    """Say where each thing looked for was found, and in which form."""
    return [
        f"{place}: {what}"
        for place, content in _each_once(places)
        for value, what in looked_for.items()
        if value in content
    ]


def _each_once(places: Iterable[Held]) -> Iterator[Held]:
    """Leave out what was searched already, and long runs of zeros: most of a new database is one or the other."""
    seen: set[bytes] = set()
    for place, content in places:
        dense = ZEROS.sub(bytes(64), content)
        if (mark := sha256(dense).digest()) not in seen:
            seen.add(mark)
            yield place, dense
