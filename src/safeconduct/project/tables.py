"""Reads the operator's tables: a TOML file in the data folder, and the secrets that its lines name as files."""

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safeconduct.kernel.errors import Refused, Unavailable

Table = Mapping[str, Any]
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def tables_in(file: Path, word: str) -> list[Table]:
    """Return the tables ``[[word]]`` of a file; none where there is no such file.

    Raises ``Refused``, naming the line, where it cannot be read.
    """
    if not file.exists():
        return []
    try:
        found = tomllib.loads(file.read_text()).get(word, [])
    except (OSError, ValueError) as fault:
        raise Refused(f"{word}s.unreadable", f"The file {file} cannot be read: {fault}. Mend that line.") from fault
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise Refused(f"{word}s.unreadable", f"In {file}, begin each {word} with a line [[{word}]].")
    return found


def line_of(table: Table, name: str, file: str) -> str:
    """Return one line of a table as text, or refuse with its name."""
    if not isinstance(table.get(name), str) or not table[name].strip():
        sentence = f"In {file}, {table.get('id', 'a table')} has no {name}. Add that line."
        raise Refused("tables.incomplete", sentence)
    return str(table[name])


def secret_in(path: Path) -> str:
    """Return what a secret file holds. One that others on this machine can read is refused."""
    try:
        mode, text = path.stat().st_mode, path.read_text().strip()
    except (OSError, ValueError) as fault:
        raise Unavailable("tables.secret", f"The secret file {path} cannot be read. Put the secret there.") from fault
    if mode & OTHERS:
        raise Refused("tables.secret-open", f"Others on this machine can read {path}. Run: chmod 600 {path}")
    return text
