"""Writes a platform into ``platforms.toml``, and its secrets into files that only this account may read."""

import json
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.keyfile import private_folder, replace_file

FILE = "platforms.toml"
SHORT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


@dataclass(frozen=True)
class Entry:
    """What is written in clear about a platform."""

    id: str
    name: str
    address: str
    private: bool


@dataclass(frozen=True)
class Heard:
    """What the platform may tell us of by itself, and the files its operator installs for it."""

    token: str = field(repr=False)
    logins: bool
    files: Mapping[str, str] = field(repr=False)


def new_token() -> str:
    """Return a secret for two services to know each other by."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Named:
    """A homeserver that has its table already, where its token lies, and whether it tells us of things."""

    entry: Entry
    token_file: str
    hearing_file: str = ""

    @property
    def hears(self) -> bool:
        """Return whether the table names a token by which the homeserver tells us of things."""
        return bool(self.hearing_file)


def named(folder: Path, short: str) -> Named | None:
    """Return the homeserver of this short name, if its table is whole enough to be renewed."""
    for table in _tables(folder):
        said = {key: table.get(key) for key in ("id", "name", "address", "token_file")}
        if (
            table.get("kind") == "synapse"
            and said["id"] == short
            and all(isinstance(one, str) for one in said.values())
        ):
            entry = Entry(
                short, str(said["name"]), str(said["address"]), private=bool(table.get("allow_private", False))
            )
            return Named(entry, str(said["token_file"]), str(table.get("hearing_token_file", "")))
    return None


def renew(folder: Path, found: Named, *, token: str, heard: Heard | None) -> list[Path]:
    """Write the secrets of a homeserver that has its table, which stays as it is. Return the files."""
    kept = {found.token_file: token}
    if heard:
        kept[found.hearing_file] = heard.token
        kept |= {f"keys/{found.entry.id}-{name}": text for name, text in heard.files.items()}
    for name, text in kept.items():
        replace_file(folder / name, text.encode())
    return [folder / name for name in kept]


def check_short(short: str) -> None:
    """Refuse a short name that no sealed record could keep."""
    if not short or set(short) - SHORT or not short[0].isalnum():
        raise Refused("connect.id", "Give a short name of small letters, digits, dots and hyphens.")


def check_free(folder: Path, short: str) -> None:
    """Refuse a short name that is taken, or that no sealed record could keep."""
    check_short(short)
    if any(table.get("id") == short for table in _tables(folder)):
        raise Refused("connect.taken", f"{FILE} names {short} already. Take its table out first, or choose another.")


def write(folder: Path, entry: Entry, *, token: str, notices: bool, heard: Heard | None) -> list[Path]:
    """Write secrets first and the table last, so that no table names a file that is not there. Return the files."""
    private_folder(folder)
    kept = {f"keys/{entry.id}.token": token}
    lines = _lines(entry, notices=notices)
    if heard:
        kept[f"keys/{entry.id}.hearing"] = heard.token
        kept |= {f"keys/{entry.id}-{name}": text for name, text in heard.files.items()}
        lines += [f'hearing_token_file = "keys/{entry.id}.hearing"', f"logins = {_word(heard.logins)}"]
    for name, text in kept.items():
        replace_file(folder / name, text.encode())
    replace_file(folder / FILE, f"{_before(folder)}{chr(10).join(lines)}\n".encode())
    return [folder / FILE, *(folder / name for name in kept)]


def _lines(entry: Entry, *, notices: bool) -> list[str]:
    # JSON's quoted text is TOML's too.
    return [
        "[[platform]]",
        f"id = {json.dumps(entry.id)}",
        f"name = {json.dumps(entry.name)}",
        'kind = "synapse"',
        f"address = {json.dumps(entry.address)}",
        f"allow_private = {_word(entry.private)}",
        f'token_file = "keys/{entry.id}.token"',
        f"notices = {_word(notices)}",
    ]


def _word(said: bool) -> str:  # noqa: FBT001 - it is the value that is written
    return "true" if said else "false"


def _before(folder: Path) -> str:
    text = (folder / FILE).read_text() if (folder / FILE).exists() else ""
    return f"{text.rstrip()}\n\n" if text.strip() else ""


def _tables(folder: Path) -> list[dict[str, object]]:
    try:
        text = (folder / FILE).read_text() if (folder / FILE).exists() else ""
        found = tomllib.loads(text).get("platform", [])
    except (OSError, ValueError) as fault:
        sentence = f"The file {folder / FILE} cannot be read: {fault}. Mend that line first."
        raise Unavailable("connect.unreadable", sentence) from fault
    return [table for table in found if isinstance(table, dict)] if isinstance(found, list) else []
