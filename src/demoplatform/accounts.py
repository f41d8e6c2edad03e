"""Reading and changing accounts: the one place where Juniper Square decides what is so."""

import sqlite3
from dataclasses import dataclass, replace

from demoplatform import clock


@dataclass(frozen=True)
class Held:
    """A device that is signed in, or an app that is connected; ``ended`` ones no longer are."""

    id: str
    handle: str
    label: str
    place: str
    seen_at: str
    stranger: bool
    ended: bool


@dataclass(frozen=True)
class Account:
    """One account as it is now."""

    handle: str
    name: str
    about: str
    place: str
    recovery: str
    locked: bool
    locked_until: str | None
    last_locked_at: str | None
    credentials_frozen: bool
    contact_frozen: bool
    profile_hidden: bool
    posts_hidden: bool
    search_hidden: bool
    followers_hidden: bool
    messages_closed: bool


FLAGS = (
    "locked",
    "credentials_frozen",
    "contact_frozen",
    "profile_hidden",
    "posts_hidden",
    "search_hidden",
    "followers_hidden",
    "messages_closed",
)
FLAGS_OF_ACTS = {
    "credentials.freeze": ("credentials_frozen", 1),
    "credentials.unfreeze": ("credentials_frozen", 0),
    "contact.freeze": ("contact_frozen", 1),
    "contact.unfreeze": ("contact_frozen", 0),
    "account.unlock": ("locked", 0),
    "profile.hide": ("profile_hidden", 1),
    "profile.show": ("profile_hidden", 0),
    "posts.hide": ("posts_hidden", 1),
    "posts.show": ("posts_hidden", 0),
    "search.hide": ("search_hidden", 1),
    "search.show": ("search_hidden", 0),
    "followers.hide": ("followers_hidden", 1),
    "followers.show": ("followers_hidden", 0),
    "messages.close": ("messages_closed", 1),
    "messages.open": ("messages_closed", 0),
}
LOG_WORDS = {
    "account.lock": "Locked by our safety team. No penalty.",
    "account.unlock": "Unlocked.",
    "sessions.revoke": "Every device was signed out.",
    "tokens.revoke": "Every connected app was cut off.",
    "credentials.freeze": "Password and second factor were frozen.",
    "credentials.unfreeze": "Password and second factor can be changed again.",
    "contact.freeze": "Recovery e-mail and phone were frozen.",
    "contact.unfreeze": "Recovery e-mail and phone can be changed again.",
    "profile.hide": "The profile was hidden.",
    "profile.show": "The profile is visible again.",
    "posts.hide": "The posts were hidden.",
    "posts.show": "The posts are visible again.",
    "search.hide": "Search no longer finds the account.",
    "search.show": "Search finds the account again.",
    "followers.hide": "The followers were hidden.",
    "followers.show": "The followers are visible again.",
    "messages.close": "Strangers can no longer write.",
    "messages.open": "Strangers can write again.",
    "content.disable": "A post was hidden.",
    "content.restore": "A post is visible again.",
    "notice.send": "A notice was put into the account.",
}


def find(db: sqlite3.Connection, handle: str) -> Account | None:
    """Return an account, or nothing. A lock whose end has come is no lock."""
    row = db.execute("SELECT * FROM account WHERE handle = ?", (handle,)).fetchone()
    if row is None:
        return None
    found = Account(
        **{name: row[name] for name in Account.__dataclass_fields__} | {name: row[name] == 1 for name in FLAGS}
    )
    if found.locked_until and found.locked_until <= clock.text(clock.now()):
        return replace(found, locked=False, locked_until=None)
    return found


def devices(db: sqlite3.Connection, handle: str) -> list[Held]:
    """Return the devices of an account, ended ones too, newest first."""
    return _held(db.execute("SELECT * FROM session WHERE handle = ? ORDER BY seen_at DESC", (handle,)))


def apps(db: sqlite3.Connection, handle: str) -> list[Held]:
    """Return the apps of an account, ended ones too, newest first."""
    return _held(db.execute("SELECT * FROM app WHERE handle = ? ORDER BY seen_at DESC", (handle,)))


def device(db: sqlite3.Connection, device_id: str) -> Held | None:
    """Return one device, or nothing."""
    found = _held(db.execute("SELECT * FROM session WHERE id = ?", (device_id,)))
    return found[0] if found else None


def lock(db: sqlite3.Connection, handle: str, until: str | None) -> None:
    """Lock an account; a later lock replaces the end of an earlier one."""
    now = clock.text(clock.now())
    db.execute(
        "UPDATE account SET locked = 1, locked_until = ?, last_locked_at = ? WHERE handle = ?", (until, now, handle)
    )


def end_all(db: sqlite3.Connection, table: str, handle: str) -> None:
    """Sign out every device (``session``) or cut off every app (``app``)."""
    now = clock.text(clock.now())
    statement = {
        "session": "UPDATE session SET ended_at = ? WHERE handle = ? AND ended_at IS NULL",
        "app": "UPDATE app SET ended_at = ? WHERE handle = ? AND ended_at IS NULL",
    }[table]
    db.execute(statement, (now, handle))


def set_flag(db: sqlite3.Connection, handle: str, act: str) -> None:
    """Carry out an act that is one yes or no."""
    column, value = FLAGS_OF_ACTS[act]
    statement = f"UPDATE account SET {column} = ? WHERE handle = ?"  # noqa: S608 - the column is one of ours, above
    db.execute(statement, (value, handle))


def note(db: sqlite3.Connection, handle: str, words: str) -> None:
    """Write into the platform's own log."""
    db.execute("INSERT INTO log VALUES (?, ?, ?)", (clock.text(clock.now()), handle, words))


def _held(rows: sqlite3.Cursor) -> list[Held]:
    return [
        Held(
            row["id"], row["handle"], row["label"], row["place"], row["seen_at"], bool(row["stranger"]),
            row["ended_at"] is not None,
        )
        for row in rows
    ]  # fmt: skip
