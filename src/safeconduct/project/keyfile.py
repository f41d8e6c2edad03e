"""Key files in the data folder: made once, readable by the owner only."""

import os
import secrets
from pathlib import Path

from safeconduct.kernel.errors import Unavailable

OWNER_ONLY = 0o600


def secret_file(path: Path, *, size_bytes: int = 32) -> bytes:
    """Return the random bytes kept in ``path``, making the file (mode 0600) if it is not there yet.

    Raises ``Unavailable`` when it cannot be made or read, or has been shortened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return _read(path, size_bytes)
    except OSError as fault:
        sentence = f"The key file {path.name} cannot be made in {path.parent}. Let this user write there."
        raise Unavailable("keyfile.unwritable", sentence) from fault
    with os.fdopen(handle, "wb") as file:
        file.write(made := secrets.token_bytes(size_bytes))
        file.flush()
        os.fsync(file.fileno())
    return made


def _read(path: Path, size_bytes: int) -> bytes:
    try:
        kept = path.read_bytes()
    except OSError as fault:
        sentence = f"The key file {path} cannot be read. Give this user the right to read it."
        raise Unavailable("keyfile.unreadable", sentence) from fault
    if len(kept) != size_bytes:
        sentence = f"The key file {path} is damaged. Put back the copy you keep apart from the backups."
        raise Unavailable("keyfile.damaged", sentence)
    return kept


def django_secret(data: Path) -> str:
    """Return what Django signs its short-lived form tokens with. It protects no content."""
    return secret_file(data / "keys" / "forms.key").hex()
