"""What a thief of the data folder would hold, and a search of its bytes for any phrase in the forms it could take."""

import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from safeconduct.project.demonstration.spellings import forms_of

SHOWN_BYTES = 24
SEALED_FILES = "files"
FIRST_PLAIN, LAST_PLAIN = 32, 127
AROUND = 16


@dataclass(frozen=True)
class Find:
    """One place in a file where a form of the phrase stands, with the readable bytes ``around`` it."""

    file: str
    form: str
    offset: int
    around: str = ""


@dataclass(frozen=True)
class Search:
    """What was searched and what was found. ``size_bytes`` is the sum of all files read."""

    finds: tuple[Find, ...]
    files: int
    size_bytes: int
    forms: int

    @property
    def places(self) -> list[Find]:
        """Return one find for each place, however many forms of the phrase are the same bytes."""
        return [*{(find.file, find.offset): find for find in reversed(self.finds)}.values()][::-1]


@dataclass(frozen=True)
class RawRow:
    """The newest row of a table as it lies in the file: what a thief reads, and what is bytes to them."""

    table: str
    rows: int
    read: tuple[tuple[str, str], ...]
    sealed: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]


@dataclass(frozen=True)
class Loot:
    """One file of the folder. Files that people's pictures are sealed in are counted together."""

    name: str
    size_bytes: int
    files: int = 1


def search_apart(folder: Path, phrase: str) -> Search:
    """Search in a process of its own.

    To open and close the database's file inside the process that serves it would drop that process's locks on it, as
    POSIX rules, and another process could then delete the log that holds its newest commits.
    """
    found = json.loads(_apart("search", folder, phrase))
    return Search(tuple(Find(*each) for each in found["finds"]), found["files"], found["size_bytes"], found["forms"])


def archive_apart(folder: Path) -> bytes:
    """Return the folder as a ZIP file, made in a process of its own for the same reason."""
    return _apart("archive", folder, "")


def _apart(deed: str, folder: Path, phrase: str) -> bytes:
    # The phrase goes through a pipe: a command line can be read by every process of the machine.
    program = [sys.executable, "-m", __name__, deed, str(folder)]
    return subprocess.run(program, input=phrase.encode(), check=True, capture_output=True).stdout  # noqa: S603 - ourselves


def main(deed: str, folder: Path) -> None:
    """Do one deed for the process that asked, and answer on standard output."""
    phrase = sys.stdin.buffer.read().decode()
    if deed == "archive":
        sys.stdout.buffer.write(archive(folder))
        return
    found = search(folder, phrase)
    told = {"finds": [[find.file, find.form, find.offset, find.around] for find in found.finds]}
    sys.stdout.write(json.dumps(told | {"files": found.files, "size_bytes": found.size_bytes, "forms": found.forms}))


def search(folder: Path, phrase: str) -> Search:
    """Search every file of a folder for every form of the phrase."""
    forms = forms_of(phrase)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    contents = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    finds: list[Find] = []
    size = 0
    for name, content in contents:
        size += len(content)
        finds += finds_in(name, content, forms)
    return Search(tuple(finds), len(files), size, len(forms))


def finds_in(file: str, content: bytes, forms: Mapping[str, bytes]) -> Iterator[Find]:
    """Yield where each form first stands in some content."""
    # Several forms of plain Latin letters are the same bytes: those are looked for once.
    places = {value: content.find(value) for value in set(forms.values())}
    for form, value in forms.items():
        if (at := places[value]) >= 0:
            yield Find(file, form, at, readable(content[max(0, at - AROUND) : at + len(value) + AROUND]))


def readable(content: bytes) -> str:
    """Return bytes as a person would see them in a viewer: a dot for whatever is not a plain character."""
    return "".join(chr(byte) if FIRST_PLAIN <= byte < LAST_PLAIN else "·" for byte in content)


def archive(folder: Path) -> bytes:
    """Return the whole folder as a ZIP file: exactly what a thief would carry away."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(folder).as_posix())
    return made.getvalue()


def loot(folder: Path) -> list[Loot]:
    """Return what lies in the folder, by name and size. Nothing is opened, so nobody's lock is loosened."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    pictures = [path for path in found if path.relative_to(folder).parts[0] == SEALED_FILES]
    named = [Loot(path.relative_to(folder).as_posix(), path.stat().st_size) for path in found if path not in pictures]
    together = [Loot(f"{SEALED_FILES}/", sum(path.stat().st_size for path in pictures), len(pictures))]
    return named + (together if pictures else [])


def newest_rows(database: Path, tables: tuple[str, ...]) -> list[RawRow]:
    """Return the newest row of each named table that has one, as it lies in the file."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [row for table in tables for row in _newest(connection, table)]
    finally:
        connection.close()


def _newest(connection: sqlite3.Connection, table: str) -> Iterator[RawRow]:
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    if not known:
        return
    # The table's name comes from our own list and was just looked up, so it cannot carry anything else.
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid DESC LIMIT 1')  # noqa: S608
    row = cursor.fetchone()
    if row is None:
        return
    (count,) = connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()  # noqa: S608 - the same name
    names = [column[0] for column in cursor.description]
    cells = [(name, value, shown(value)) for name, value in zip(names, row, strict=True)]
    yield RawRow(
        table,
        count,
        read=tuple((name, text) for name, value, text in cells if text and not isinstance(value, bytes)),
        sealed=tuple((name, text) for name, value, text in cells if text and isinstance(value, bytes)),
        empty=tuple(name for name, _, text in cells if not text),
    )


def shown(value: object) -> str:
    """Return a value as text; bytes as their number and the first few in hexadecimal."""
    if isinstance(value, bytes) and value:
        more = " …" if len(value) > SHOWN_BYTES else ""
        return f"{len(value)} bytes: {value[:SHOWN_BYTES].hex(' ')}{more}"
    return "" if value is None or value == b"" else str(value)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
