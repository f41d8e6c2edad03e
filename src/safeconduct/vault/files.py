"""Where sealed files lie: DATA/files/<first two hex digits>/<id>, for the owner only. No key is known here."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.keyfile import private_folder

OWNER_ONLY = 0o600
PART = ".part"


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn a fault of the disk into a sentence. The system's own message would quote a path."""
    try:
        yield
    except OSError:
        sentence = "The file could not be kept or read. Check the data folder's free space and rights, then try again."
        raise Unavailable("files.disk", sentence) from None


def create_part(file_id: UUID) -> IO[bytes]:
    """Open a new file that does not count until ``keep_part``."""
    with faults_told():
        path = _path(file_id, PART)
        private_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        return os.fdopen(handle, "wb")


def keep_part(file_id: UUID, file: IO[bytes]) -> None:
    """Make a finished file durable under its id: it survives a power cut from here on."""
    with faults_told():
        file.flush()
        os.fsync(file.fileno())
        file.close()
        path = _path(file_id)
        _path(file_id, PART).rename(path)
        _make_durable(path.parent)
        _make_durable(path.parent.parent)


def drop_part(file_id: UUID) -> None:
    """Remove an unfinished file."""
    with faults_told():
        _path(file_id, PART).unlink(missing_ok=True)


def open_kept(file_id: UUID) -> IO[bytes]:
    """Open a kept file for reading, or raise ``Unavailable``."""
    with faults_told():
        return _path(file_id).open("rb")


def delete(file_id: UUID) -> None:
    """Delete a file. Deleting it again does nothing."""
    with faults_told():
        _path(file_id).unlink(missing_ok=True)


def sweep(listed: Collection[UUID], *, older_than: timedelta) -> int:
    """Delete files that nobody lists and parts that nobody finished, once so old; return how many.

    A process that stops between sealing a file and filing its report leaves such a file behind. Its key is lost
    already, so only the space is won back.
    """
    newest = (clock.now() - older_than).timestamp()
    names = {str(each) for each in listed}
    swept = 0
    for path in (settings.DATA / "files").glob("??/*"):
        # Another process may finish, delete or sweep the same file meanwhile.
        with suppress(FileNotFoundError):
            if path.name not in names and path.stat().st_mtime < newest:
                path.unlink()
                swept += 1
    return swept


def _path(file_id: UUID, ending: str = "") -> Path:
    name = str(file_id)
    return Path(settings.DATA) / "files" / name[:2] / (name + ending)


def _make_durable(folder: Path) -> None:
    """Write the folder out too, or a power cut may lose the file's name. Not every system lets one be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
