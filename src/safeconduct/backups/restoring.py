"""Bringing a programme back: into an empty database and a folder beside its place, all or nothing.

What the erasure ledger names is lost again before anybody could read it: wrapped keys are never written, rows are
emptied in the same transaction. Whoever was signed in is not.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from safeconduct.audit import queries as record
from safeconduct.audit import services as audit
from safeconduct.backups import elsewhere, reading, replaying, rows
from safeconduct.backups.parcels import Head, Opening
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.keyfile import OWNER_ONLY_FOLDER, replace_file
from safeconduct.vault import files, ledger

WRAPS = "vault.Wrap"
# The service writes a line a day. A ledger that ends earlier may lack what was erased later.
LEDGER_MAY_LAG = timedelta(days=2)


@dataclass(frozen=True)
class Restored:
    """What was brought back, and what was lost again."""

    id: UUID
    made_on: date
    tables: dict[str, int]
    files: int
    erasures: int
    taken: int
    left: tuple[replaying.Left, ...]
    ledger_ends: date
    entries: int


@dataclass(frozen=True)
class FromLedger:
    """Where the ledger lies, what else saw its lines, and what the operator says of it.

    ``ends`` is its last day where that is long ago, ``lacking`` how many lines of it are lost for good.
    """

    path: Path
    ends: date | None = None
    lacking: int = 0
    witnesses: tuple[elsewhere.Witness, ...] = ()


# Says whether those may come in from whom nothing could be taken away again.
Confirm = Callable[[tuple[replaying.Left, ...]], bool]


def nobody_confirms(left: tuple[replaying.Left, ...]) -> bool:
    """Let nobody in where nobody was asked."""
    del left
    return False


def restore(
    file: IO[bytes],
    head: Head,
    key: bytes,
    *,
    from_ledger: FromLedger,
    progress: reading.Progress,
    confirm: Confirm = nobody_confirms,
) -> Restored:
    """Fill the empty database and data folder of the settings, check everything, and only then let it stand.

    Whoever was put out since is put out again; of whom that cannot be done it asks first.
    """
    taker = _Filling(from_ledger)
    opening = Opening(file, head, key)
    with transaction.atomic():
        counts, _ = reading.read(opening, taker, progress)
        audit.record(OPERATOR, "programme.restored", head.id)
        if from_ledger.lacking:
            audit.record(OPERATOR, "programme.restored-without-lines", head.id)
        checked = record.verify()
        if not checked.holds:
            sentence = "The record in this backup is damaged, so nothing was brought back. Take an earlier backup."
            raise Refused("restore.record", sentence)
        _confirm(taker.left, confirm)
        # On the disk before the rows stand: no programme is ever there without the ledger that it goes on with.
        taker.keep_ledger()
    ends = taker.lines[-1].day
    done = (taker.files, taker.erasures, taker.taken, taker.left, ends, checked.size)
    return Restored(head.id, head.made_on, counts, *done)


def _confirm(left: tuple[replaying.Left, ...], confirm: Confirm) -> None:
    if not left:
        return
    if not confirm(left):
        names = ", ".join(f"{each.name} ({each.what})" for each in left)
        sentence = (
            f"Nothing was brought back. What was done since the backup cannot be done again to: {names}. "
            "Take a later backup, or run it again and confirm that it may be so until you do it again yourselves."
        )
        raise Refused("restore.not-confirmed", sentence)
    for each in left:
        audit.record(OPERATOR, "restore.left-in", each.id)


@dataclass
class _Filling(reading.Taker):
    """Puts every part where it belongs."""

    from_ledger: FromLedger
    files: int = 0
    erasures: int = 0
    taken: int = 0
    left: tuple[replaying.Left, ...] = ()
    lines: list[ledger.Line] = field(default_factory=list)
    _ledger_at: dict[str, Any] = field(default_factory=dict)
    _destroyed: frozenset[UUID] = frozenset()
    _listed: frozenset[UUID] = frozenset()
    _models: dict[str, type[Model]] = field(default_factory=dict)

    def manifest(self, said: dict[str, Any]) -> None:
        """Refuse a file of another version's tables."""
        self._models = {rows.label(model): model for model in rows.tables()}
        ours = {label: rows.columns(model) for label, model in self._models.items()}
        applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        theirs = {label: table["columns"] for label, table in said["tables"].items()}
        if theirs != ours or said["migrations"] != applied:
            sentence = (
                f"This backup was made by version {said['version']}, whose tables are not those of this one. "
                "Restore it with that version, then bring it up to date."
            )
            raise Refused("restore.version", sentence)
        self._ledger_at = said["ledger"]

    def key_file(self, name: str, content: bytes) -> None:
        """Put a key file back; with the ledger's key, look at the ledger before any row is written."""
        replace_file(Path(settings.DATA) / name, content)
        if name == f"keys/{ledger.KEY}":
            self._take_ledger(content)

    def rows(self, label: str, columns: list[str], rows_: list[list[Any]]) -> None:
        """Insert rows, but no wrapped key of anything that was destroyed."""
        if not self.lines:
            raise _ledger_not_in_it()
        if label == WRAPS:
            at = columns.index("envelope_id")
            rows_ = [row for row in rows_ if UUID(row[at]) not in self._destroyed]
        rows.insert(self._models[label], columns, rows_)

    def tables_end(self) -> None:
        """Lose again what was erased, and end what only lived while it was served."""
        rows.continue_counting()
        since = self.lines[self._ledger_at["number"] - 1 :]
        # By every line, not by those since: one that stood when the backup began may have had no commit yet.
        replaying.lose_again(self.lines)
        self.erasures = replaying.erasures_in(since)
        self.taken = replaying.take_away_again(since)
        self.left = replaying.left(since)
        self._listed = replaying.listed_files()

    def file(self, file_id: UUID, pieces: Iterator[bytes]) -> None:
        """Put a sealed file back if anything still names it."""
        if file_id not in self._listed:
            super().file(file_id, pieces)
            return
        part = files.create_part(file_id)
        for piece in pieces:
            part.write(piece)
        files.keep_part(file_id, part)
        self.files += 1

    def keep_ledger(self) -> None:
        """Let the ledger go on where this service keeps it."""
        path = ledger.ledger_file()
        if not path.exists() or not path.samefile(self.from_ledger.path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
            if path.exists():
                # Lines that ours lacks may stand in it, so it is kept.
                path.rename(path.with_name(f"{path.name}.before-{clock.now().date().isoformat()}"))
            replace_file(path, "".join(line.written() for line in self.lines).encode())

    def _take_ledger(self, key: bytes) -> None:
        self.lines = ledger.read(self.from_ledger.path, key)
        check_ledger(self.lines, self._ledger_at, self.from_ledger.ends)
        witnesses = [*self.from_ledger.witnesses, *elsewhere.other_ledger(self.from_ledger.path, key)]
        elsewhere.check_nothing_lacks(self.lines, witnesses, accepted=self.from_ledger.lacking)
        replaying.check_known(self.lines)
        self._destroyed = replaying.destroyed(self.lines)


def check_ledger(lines: list[ledger.Line], at: dict[str, Any], ends: date | None) -> None:
    """Refuse a ledger older than the backup, of another programme, or possibly cut short."""
    number = at["number"]
    if len(lines) < number or lines[number - 1].seal != at["seal"]:
        sentence = (
            "This erasure ledger is older than the backup, or was cut short. Nothing was changed. "
            "Find the newest copy: from SAFECONDUCT_LEDGER of the lost service."
        )
        raise Refused("restore.ledger-old", sentence)
    last = lines[-1].day
    if clock.now().date() - last > LEDGER_MAY_LAG and ends != last:
        sentence = (
            f"This erasure ledger ends on {last.isoformat()}. If the service still ran after that day, find a newer "
            "copy: whatever was erased later would come back. If it did not, say so: "
            f"--ledger-ends {last.isoformat()}"
        )
        raise Refused("restore.ledger-ends", sentence)


def _ledger_not_in_it() -> Refused:
    sentence = "This backup holds no key for an erasure ledger, so it cannot be brought back. Take another one."
    return Refused("restore.no-ledger-key", sentence)


def put_in_place(built: Path, data: Path) -> None:
    """Finish a restore whose rows stand, as often as it takes: only then is the folder in its place.

    A server keeps its tables elsewhere, so that the two are apart meanwhile: nothing serves them without the folder.
    """
    # Raises where it is missing, as on a disk that is not there just now.
    ledger.newest()
    leave_nothing_on_the_disk()
    connection.close()
    finish_folder(built, data)


def leave_nothing_on_the_disk() -> None:
    """Let nothing remain on the disk of rows that were emptied while they came back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in rows.table_names():
                cursor.execute(f"VACUUM FULL {table}")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def finish_folder(built: Path, data: Path) -> None:
    """Let the finished folder take its place, in one step that a power cut does not halve."""
    os.sync()
    built.rename(data)
    handle = os.open(data.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
