"""Where a demonstration keeps things, and what must be true of those places before it starts."""

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from safeconduct.cli.init import KIND
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.keyfile import private_folder
from safeconduct.project import kinds
from safeconduct.project.options import OPTIONS

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost"})
KEY_FILES = ("forms.key", "checkpoint.key", "second-factor.key", "custodians.json")


@dataclass(frozen=True)
class Places:
    """The folders of one demonstration.

    ``data`` is what a thief of the service would get. What the invented people carry in their heads and what the
    simulated platform keeps are somebody else's, so they lie beside it and never in it.
    """

    data: Path

    @property
    def database(self) -> Path:
        """Return the SQLite file."""
        return self.data / "safeconduct.sqlite3"

    @property
    def people(self) -> Path:
        """Return the file that stands for the memory of the invented people."""
        return self.data.with_name(f"{self.data.name}-people.json")

    @property
    def platform(self) -> Path:
        """Return the simulated platform's own folder."""
        return self.data.with_name(f"{self.data.name}-platform")

    @property
    def kind(self) -> Path:
        """Return the file that says what the data folder is."""
        return self.data / KIND

    def present(self) -> frozenset[Path]:
        """Return which of the three are there."""
        return frozenset(path for path in (self.data, self.people, self.platform) if path.exists())


def check_host(host: str) -> None:
    """Refuse any interface but loopback: everything in a demonstration is open to whoever reaches it."""
    if host not in LOOPBACK_HOSTS:
        sentence = (
            "A demonstration is served on 127.0.0.1 only. For other people, start a real programme: safeconduct init."
        )
        raise Refused("demonstration.loopback-only", sentence)


def prepare_folder(places: Places) -> None:
    """Make the folders that are missing and see that both can be written.

    Raises ``Unavailable`` when one cannot, ``Refused`` when the data folder is somebody else's.
    """
    try:
        private_folder(places.data)
        _check_kind(places)
        for folder in (places.data, places.platform):
            private_folder(folder)
            probe = folder / ".probe"
            probe.write_bytes(b"")
            probe.unlink()
        if not places.kind.exists():
            places.kind.write_text(json.dumps({"kind": kinds.DEMONSTRATION}))
    except OSError as fault:
        sentence = (
            f"The folder {places.data} cannot be written. Give this user the right, or choose another with --data."
        )
        raise Unavailable("demonstration.unwritable", sentence) from fault


def _check_kind(places: Places) -> None:
    kind = kinds.kind_of(places.data)
    if kind == kinds.PROGRAMME:
        sentence = f"The folder {places.data} holds a real programme. Choose another with --data."
        raise Refused("demonstration.real-programme", sentence)
    if kind != kinds.DEMONSTRATION and not _is_unused(places.data):
        sentence = f"The folder {places.data} holds something that is not a demonstration. Choose another with --data."
        raise Refused("demonstration.strange-folder", sentence)


def _is_unused(data: Path) -> bool:
    # Any command that reads the settings makes the key of forms; it protects nothing that is kept.
    kept = {each.name for each in data.iterdir()} | {f"keys/{each.name}" for each in (data / "keys").glob("*")}
    return kept <= {"keys", "keys/forms.key"}


def check_database(places: Places) -> None:
    """Raise ``Unavailable`` when a founded demonstration's database file cannot be trusted."""
    if not founded(places) or OPTIONS["DATABASE"].text():
        return
    try:
        with contextlib.closing(sqlite3.connect(f"{places.database.as_uri()}?mode=rw", uri=True)) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()
            # A file cut down to nothing is a sound, empty database to SQLite.
            people = connection.execute("SELECT count(*) FROM accounts_member").fetchone()
    except sqlite3.DatabaseError as fault:
        raise _damaged(places) from fault
    if verdict != ("ok",) or people == (0,):
        raise _damaged(places)


def _damaged(places: Places) -> Unavailable:
    sentence = (
        f"The database {places.database} is damaged. To start a fresh demonstration, delete the folder {places.data}."
    )
    return Unavailable("demonstration.damaged", sentence)


def check_keys(places: Places) -> None:
    """Raise ``Unavailable`` when a founded demonstration has lost a key file or its people's memory."""
    if not founded(places):
        return
    missing = [name for name in KEY_FILES if not (places.data / "keys" / name).exists()]
    if not places.people.exists():
        missing.append(places.people.name)
    if missing:
        sentence = f"Missing: {', '.join(missing)}. To start a fresh demonstration, delete the folder {places.data}."
        raise Unavailable("demonstration.keys-missing", sentence)


def founded(places: Places) -> bool:
    """Return whether the demonstration has its people."""
    return bool(kinds.mark_of(places.data).get("founded"))


def mark_founded(places: Places) -> None:
    """Say that the founding is complete; written last, so that a founding cut short starts again."""
    beside = places.kind.with_suffix(".new")
    beside.write_text(json.dumps({"kind": kinds.DEMONSTRATION, "founded": True}))
    beside.replace(places.kind)
