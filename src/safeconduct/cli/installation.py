"""What doctor looks at before anything else: the data folder, its disk, the key files, the database, its migrations."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from safeconduct.cli.columns import EARLIER, missing_columns
from safeconduct.kernel.checks import Check, Diagnosis

MEGABYTE = 1024 * 1024
# As much as the pages keep for words alone (``web.room``).
RESERVE_MEGABYTES = 256
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class DataFolder:
    """The data folder is there, can be written, and nobody else may look into it."""

    name: str = "data folder"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Look at the folder and its mode."""
        folder = Path(settings.DATA)
        if not folder.is_dir():
            return Diagnosis(f"There is no folder {folder}.", "Run 'safeconduct init', or name the folder with --data.")
        if folder.stat().st_mode & OTHERS:
            return Diagnosis(f"Others may look into {folder}.", f"Run: chmod 700 {folder}")
        return Diagnosis(f"{folder} is readable by this account only.")


@dataclass(frozen=True)
class Disk:
    """What lies in the data folder can be written, and there is room for more."""

    name: str = "disk"
    gates_channel: bool = True
    looked: Callable[[Path], os.statvfs_result] = os.statvfs

    def run(self) -> Diagnosis:
        """Ask the system about the disk under the folder."""
        folder = Path(settings.DATA)
        if not folder.is_dir():
            return Diagnosis(f"There is no folder {folder}.", "See 'data folder'.")
        found = self.looked(folder)
        if found.f_flag & os.ST_RDONLY:
            sentence = "Mount it for writing. Until then nothing that anybody sends is kept, and they are told so."
            return Diagnosis(f"The disk under {folder} can only be read.", sentence)
        free = found.f_bavail * found.f_frsize // MEGABYTE
        if free < RESERVE_MEGABYTES:
            sentence = f"Make room. Below {RESERVE_MEGABYTES} MB no picture is taken, and a full disk takes no report."
            return Diagnosis(f"Only {free} MB are free under {folder}.", sentence)
        return Diagnosis(f"{free} MB are free under {folder}.")


@dataclass(frozen=True)
class KeyFiles:
    """Key files are readable by their owner only."""

    name: str = "key files"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Look at the mode of each file that holds a key or a pin."""
        folder = Path(settings.DATA) / "keys"
        files = [*_files(folder)]
        loose = [path.name for path in files if path.stat().st_mode & OTHERS]
        if loose:
            return Diagnosis(
                f"Others may read: {', '.join(sorted(loose))}.", f"Run: chmod 700 {folder}; chmod 600 {folder}/*"
            )
        return Diagnosis(f"{len(files)} key files are readable by this account only.")


@dataclass(frozen=True)
class Database:
    """The database answers and has the tables of this version."""

    name: str = "database"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Ask for migrations that were not carried out."""
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
            lacking = [] if missing else missing_columns()
        except DatabaseError as fault:
            sentence = "Check SAFECONDUCT_DATABASE, that the server runs, and that the disk has room."
            return Diagnosis(f"The database does not answer ({type(fault).__name__}).", sentence)
        if missing:
            return Diagnosis(f"{len(missing)} migrations were not carried out.", "Run 'safeconduct migrate'.")
        if lacking:
            return Diagnosis(f"The database lacks {', '.join(lacking)}.", EARLIER)
        return Diagnosis("The database answers and has the tables of this version.")


BEFORE_ANYTHING: tuple[Check, ...] = (DataFolder(), Disk(), KeyFiles(), Database())


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if path.is_file())
