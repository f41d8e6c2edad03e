"""How a domain's papers are sealed: one kind of paper in one column, and the files that a paper names."""

from collections.abc import Sequence
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from safeconduct.vault import boxes
from safeconduct.vault.opened import Opened
from safeconduct.vault.values import Place, SealedFile

Paper = TypeVar("Paper")
KeptFile = dict[str, str | int]


class Form(Generic[Paper]):
    """Seals one kind of paper into one column, and reads it back."""

    def __init__(self, kind: type[Paper], table: str, column: str) -> None:
        self._adapter: TypeAdapter[Paper] = TypeAdapter(kind)
        self._table = table
        self._column = column

    def place(self, row: UUID, revision: int = 0) -> Place:
        """Return the only place where this paper opens."""
        return Place(self._table, row, self._column, revision)

    def seal(self, paper: Paper, opened: Opened, row: UUID, revision: int = 0) -> bytes:
        """Seal a paper for its row."""
        return opened.seal(self.write(paper), self.place(row, revision))

    def read(self, sealed: bytes | memoryview, opened: Opened, row: UUID, revision: int = 0) -> Paper:
        """Read the paper of a row."""
        return self.parse(opened.read(bytes(sealed), self.place(row, revision)))

    def write(self, paper: Paper) -> bytes:
        """Return the paper as JSON."""
        return self._adapter.dump_json(paper)

    def parse(self, raw: bytes) -> Paper:
        """Return the paper that JSON holds."""
        return self._adapter.validate_json(raw)

    def seal_under(self, paper: Paper, key: bytes, row: UUID) -> bytes:
        """Seal a paper for its row under the key of a code."""
        return boxes.sealed_under(key, self.write(paper), self.place(row))

    def read_under(self, sealed: bytes | memoryview, key: bytes, row: UUID) -> Paper:
        """Read the paper of a row with the key of a code."""
        return self.parse(boxes.opened_under(key, bytes(sealed), self.place(row)))


def kept_files(files: Sequence[SealedFile]) -> tuple[KeptFile, ...]:
    """Return files, keys included, as they are written into a paper that is sealed."""
    return tuple(file.as_json() for file in files)


def sealed_files(kept: tuple[KeptFile, ...]) -> tuple[SealedFile, ...]:
    """Return the files that a paper names."""
    return tuple(SealedFile.from_json(each) for each in kept)


def size_of(kept: tuple[KeptFile, ...]) -> int:
    """Return how many bytes the files of a letter have together."""
    return sum(file.size_bytes for file in sealed_files(kept))
