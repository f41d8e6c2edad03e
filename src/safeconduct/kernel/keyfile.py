"""Key files in the data folder: made once, whole or not at all, readable by the owner only."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from safeconduct.kernel.errors import Unavailable

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700


def secret_file(path: Path, *, size_bytes: int = 32) -> bytes:
    """Return the random bytes kept in ``path``, making the file if it is not there yet.

    Raises ``Unavailable`` when it cannot be made or read, or has been shortened.
    """
    try:
        if not path.exists():
            # Linking fails where another process was first, and then its bytes count, never ours.
            with contextlib.suppress(FileExistsError):
                _place(path, secrets.token_bytes(size_bytes), os.link)
        kept = path.read_bytes()
    except OSError as fault:
        sentence = f"The key file {path.name} in {path.parent} cannot be made or read. Give this account the right to."
        raise Unavailable("keyfile.unreachable", sentence) from fault
    if len(kept) != size_bytes:
        sentence = f"The key file {path} is damaged. Put back the copy you keep apart from the backups."
        raise Unavailable("keyfile.damaged", sentence)
    return kept


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of whatever ``path`` held: readers see the old or the new, never a part."""
    _place(path, content, os.replace)


def private_folder(path: Path) -> None:
    """Make a folder, and whatever is missing above it, for this account alone."""
    missing = [each for each in path.parents if not each.exists()]
    for each in (*reversed(missing), path):
        each.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)


def _place(path: Path, content: bytes, put: Callable[[Path, Path], None]) -> None:
    private_folder(path.parent)
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put(part, path)
    finally:
        part.unlink(missing_ok=True)
