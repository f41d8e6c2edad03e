"""Making a backup: one moment of every table, then the sealed files and the key files, sealed while they are read."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from safeconduct import __version__
from safeconduct.audit import services as audit
from safeconduct.backups import made, parcels, recipients, rows
from safeconduct.backups.parcels import Sealing, packed
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault import ledger

OWNER_ONLY = 0o600
PIECE_BYTES = 1024 * 1024
# What acts on others is not in a backup: whoever opens one can read and prove, and nothing more. Each can be made anew.
ACTING = ("*.token", "*.hearing", "*.secret", "connector.pem", "forms.key")
# The programme's settings. Without the emergency list a programme that came back would open its door with nobody named.
BESIDE = ("kind.json", "platforms.toml", "sign-in.toml", "helpdesk.toml", "portal.json", "remedy.json")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Backup:
    """What was written."""

    id: UUID
    file: Path
    made_on: str
    destroy_by: str
    cards: UUID
    tables: dict[str, int]
    files: int
    size_bytes: int
    ledger_line: int


def back_up(to: Path, *, progress: Progress) -> Backup:
    """Write one sealed file, whole or not at all. People can work on meanwhile."""
    recipient = recipients.present_recipient()
    _check_place(to)
    # A list that cannot be read is found before anything is written that would have to stand on it.
    made.backups_made()
    # Before the moment that is copied: what is destroyed in between is destroyed once more after a restore.
    line = ledger.begin()
    head, key = parcels.new_head(recipient.id, recipient.public_key, settings.SAFECONDUCT_CONTEXT, ledger=line.mark)
    with _whole(to) as file:
        sealing = Sealing(file, head, key)
        counts, files = _write(sealing, line, progress)
        sealing.finish()
    with transaction.atomic():
        audit.record(OPERATOR, "backup.made", head.id)
    made.remember(made.Made(str(head.id), head.made_on.isoformat(), str(to)))
    last = made.last_day(head.made_on).isoformat()
    size = to.stat().st_size
    return Backup(head.id, to, head.made_on.isoformat(), last, recipient.id, counts, files, size, line.number)


def _write(sealing: Sealing, line: ledger.Line, progress: Progress) -> tuple[dict[str, int], int]:
    with rows.one_moment():
        counts = {rows.label(model): rows.count(model) for model in rows.tables()}
        sealing.write(packed(_manifest(line, counts)))
        for name, content in _key_files():
            sealing.write(packed({"key file": name, "size": len(content)}) + content)
        _write_tables(sealing, counts, progress)
    # Files come after the moment: one that a row of that moment names was whole on the disk before its row was.
    files = _write_files(sealing, progress)
    sealing.write(packed({"end": True, "files": files}))
    return counts, files


def _manifest(line: ledger.Line, counts: dict[str, int]) -> dict[str, object]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "version": __version__,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "tables": {label: {"columns": rows.columns(model), "rows": counts[label]} for label, model in _labelled()},
        "ledger": {"number": line.number, "seal": line.seal},
    }


def _labelled() -> Iterator[tuple[str, type[Model]]]:
    return ((rows.label(model), model) for model in rows.tables())


def _write_tables(sealing: Sealing, counts: dict[str, int], progress: Progress) -> None:
    total, done = sum(counts.values()), 0
    for label, model in _labelled():
        for batch in rows.batches(model):
            sealing.write(packed({"table": label, "rows": batch}))
            done += len(batch)
            progress("rows", done, total)


def _write_files(sealing: Sealing, progress: Progress) -> int:
    paths = sorted(path for path in (Path(settings.DATA) / "files").glob("??/*") if not path.suffix)
    written = 0
    for number, path in enumerate(paths, start=1):
        # Whoever erases a file meanwhile is right: it is not copied.
        with suppress(FileNotFoundError), path.open("rb") as file:
            _write_file(sealing, path.name, file)
            written += 1
        progress("files", number, len(paths))
    return written


def _write_file(sealing: Sealing, name: str, file: IO[bytes]) -> None:
    left = os.fstat(file.fileno()).st_size
    sealing.write(packed({"file": name, "size": left}))
    while left:
        piece = file.read(min(PIECE_BYTES, left))
        if not piece:
            raise Unavailable("backup.file-shrank", "A sealed file changed while it was copied. Make the backup again.")
        sealing.write(piece)
        left -= len(piece)


def _key_files() -> Iterator[tuple[str, bytes]]:
    """Yield every key file that reads or proves, by its name; a file of a kind unknown here goes in too."""
    folder = Path(settings.DATA)
    for path in sorted((folder / "keys").iterdir()):
        if path.is_file() and not path.name.startswith(".") and not any(path.match(each) for each in ACTING):
            yield f"keys/{path.name}", path.read_bytes()
    for name in BESIDE:
        with suppress(FileNotFoundError):
            yield name, (folder / name).read_bytes()


def _check_place(to: Path) -> None:
    if to.exists():
        raise Refused("backup.exists", f"There is a file {to} already. Name a new one.")
    inside = Path(settings.DATA).resolve(), ledger.ledger_file().parent.resolve()
    if any(to.resolve().is_relative_to(folder) for folder in inside):
        sentence = "A backup beside what it copies is lost with it. Name a file outside the data folder."
        raise Refused("backup.inside", sentence)


@contextmanager
def _whole(to: Path) -> Iterator[IO[bytes]]:
    """Give a file that bears its name only once all of it is on the disk."""
    part = to.with_name(f".{to.name}.part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(to)
        _make_durable(to.parent)
    except OSError as fault:
        sentence = f"The file {to} cannot be written. See that its folder is there, is yours and has room."
        raise Unavailable("backup.unwritable", sentence) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
