"""Reading a sealed file from its beginning to its end, and checking that all of it is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from safeconduct.backups.making import PIECE_BYTES
from safeconduct.backups.parcels import Opening, damaged, unpacked

Progress = Callable[[int], None]


@dataclass
class Taker:
    """What is done with each part of a file. This one does nothing, which is enough to check it."""

    def manifest(self, said: dict[str, Any]) -> None:
        """Take what the file says of itself."""

    def key_file(self, name: str, content: bytes) -> None:
        """Take a key file."""

    def rows(self, label: str, columns: list[str], rows: list[list[Any]]) -> None:
        """Take some rows of a table."""

    def tables_end(self) -> None:
        """Hear that every row has come."""

    def file(self, file_id: UUID, pieces: Iterator[bytes]) -> None:  # noqa: ARG002 - for those who keep it
        """Take a sealed file. All pieces are to be read."""
        for _ in pieces:
            pass


def read(opening: Opening, taker: Taker, progress: Progress) -> tuple[dict[str, int], int]:
    """Hand every part to the taker; return how many rows each table had, and how many files there were."""
    said = unpacked(opening)
    taker.manifest(said)
    counts = dict.fromkeys(said["tables"], 0)
    files, in_files = 0, False
    while "end" not in (part := unpacked(opening)):
        if "key file" in part:
            taker.key_file(_inside(part["key file"]), opening.read(part["size"]))
        elif "table" in part:
            counts[part["table"]] += len(part["rows"])
            taker.rows(part["table"], said["tables"][part["table"]]["columns"], part["rows"])
        else:
            if not in_files:
                in_files = _end_tables(taker, counts, said)
            taker.file(UUID(part["file"]), _pieces(opening, part["size"]))
            files += 1
        progress(opening.at())
    if not in_files:
        _end_tables(taker, counts, said)
    opening.check_ended()
    if files != part["files"]:
        raise damaged()
    return counts, files


def _end_tables(taker: Taker, counts: dict[str, int], said: dict[str, Any]) -> bool:
    if any(counts[label] != table["rows"] for label, table in said["tables"].items()):
        raise damaged()
    taker.tables_end()
    return True


def _pieces(opening: Opening, size: int) -> Iterator[bytes]:
    while size:
        piece = opening.read(min(PIECE_BYTES, size))
        size -= len(piece)
        yield piece


def _inside(name: str) -> str:
    """Refuse a name that leads out of the data folder, whoever wrote it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise damaged()
    return name
