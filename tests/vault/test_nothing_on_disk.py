import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from safeconduct.vault.streams import SealedReader, SealedWriter

NAME = "home-address.jpg"
PHRASE = b"They know which school my daughter goes to. "

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="this system does not show a process's open files"
)

_watching: list[list[str]] = []


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching or event != "open":
        return
    path, _, flags = arguments
    if isinstance(path, str | Path) and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
        _watching[-1].append(str(path))


sys.addaudithook(_heard)


@contextmanager
def written_paths() -> Iterator[list[str]]:
    """Collect the path of every file that is opened for writing, by whatever part of Python."""
    _watching.append(found := [])
    try:
        yield found
    finally:
        _watching.pop()


def open_files() -> bytes:
    """Return what all open files of this process hold, deleted ones included."""
    return b"".join(
        descriptor.read_bytes()
        for descriptor in Path("/proc/self/fd").iterdir()
        if descriptor.is_file() and str(descriptor.readlink()).startswith("/")
    )


def kept_under(folder: Path) -> bytes:
    """Return the names and contents of all files in a folder."""
    return b"".join(str(path).encode() + (path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*"))


def test_neither_words_nor_key_reach_an_open_file_while_one_arrives(data_folder: Path) -> None:
    with SealedWriter(name=NAME, kind="image/jpeg") as writer:
        for _ in range(10):
            writer.write(PHRASE * 2000)
            for on_disk in (open_files(), kept_under(data_folder)):
                assert PHRASE not in on_disk
                assert writer._key not in on_disk


def test_sealing_and_reading_write_one_file_and_no_other(data_folder: Path) -> None:
    with written_paths() as written, SealedWriter(name=NAME, kind="image/jpeg") as writer:
        writer.write(PHRASE * 5000)
        SealedReader(writer.finish()).everything()

    assert written == [str(data_folder / "files" / str(writer.id)[:2] / f"{writer.id}.part")]


def test_a_kept_file_holds_neither_words_nor_name_nor_kind_nor_key(data_folder: Path) -> None:
    with SealedWriter(name=NAME, kind="image/jpeg") as writer:
        writer.write(PHRASE * 5000)
        sealed = writer.finish()

    on_disk = kept_under(data_folder)

    assert str(sealed.id).encode() in on_disk
    for hidden in (PHRASE[:20], NAME.encode(), b"jpeg", sealed.key, sealed.sha256.encode()):
        assert hidden not in on_disk


def test_the_search_itself_finds_a_deleted_open_file(tmp_path: Path) -> None:
    path = tmp_path / "spooled"

    with written_paths() as written, path.open("w+b") as spooled:
        path.unlink()
        spooled.write(PHRASE)
        spooled.flush()

        assert PHRASE in open_files()
    assert written == [str(path)]
