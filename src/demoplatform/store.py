"""What Juniper Square remembers, in one SQLite file of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from demoplatform import clock, people

SCHEMA = """
CREATE TABLE account (
    handle TEXT PRIMARY KEY, name TEXT, about TEXT, place TEXT, recovery TEXT,
    locked INTEGER DEFAULT 0, locked_until TEXT, last_locked_at TEXT,
    credentials_frozen INTEGER DEFAULT 0, contact_frozen INTEGER DEFAULT 0, profile_hidden INTEGER DEFAULT 0,
    posts_hidden INTEGER DEFAULT 0, search_hidden INTEGER DEFAULT 0, followers_hidden INTEGER DEFAULT 0,
    messages_closed INTEGER DEFAULT 0
);
CREATE TABLE post (
    id TEXT PRIMARY KEY, author TEXT, written_at TEXT, words TEXT, reply_to TEXT, disabled INTEGER DEFAULT 0
);
CREATE TABLE session (
    id TEXT PRIMARY KEY, handle TEXT, label TEXT, place TEXT, seen_at TEXT, stranger INTEGER, ended_at TEXT
);
CREATE TABLE app (
    id TEXT PRIMARY KEY, handle TEXT, label TEXT, place TEXT, seen_at TEXT, stranger INTEGER, ended_at TEXT
);
CREATE TABLE follow (follower TEXT, followed TEXT);
CREATE TABLE notice (reference TEXT PRIMARY KEY, handle TEXT, words TEXT, sent_at TEXT);
CREATE TABLE done (key TEXT PRIMARY KEY, body TEXT, answer TEXT);
CREATE TABLE nonce (value TEXT PRIMARY KEY, until REAL);
CREATE TABLE log (at TEXT, handle TEXT, words TEXT);
"""
TABLES = ("account", "post", "session", "app", "follow", "notice", "done", "nonce", "log")


class Store:
    """One folder with the platform's database."""

    def __init__(self, folder: Path) -> None:
        """Open the database in ``folder``; the first time, fill it with the start."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "juniper-square.sqlite3"
        if not self._path.exists():
            self.reset()

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection; what the block did is kept if it ends well and undone if it does not."""
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=10)
        connection.row_factory = sqlite3.Row
        # Invented content need not survive a power cut.
        connection.execute("PRAGMA synchronous = OFF")
        try:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection
        finally:
            connection.close()

    def reset(self) -> None:
        """Put everything back to the start."""
        with self.open() as db:
            for table in TABLES:
                db.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in SCHEMA.split(";\n"):
                db.execute(statement)
            _fill(db)


def put_back(db: sqlite3.Connection, handle: str) -> None:
    """Put one account back to the start: signed in, nothing locked, frozen or hidden."""
    db.execute(
        "UPDATE account SET locked = 0, locked_until = NULL, last_locked_at = NULL, credentials_frozen = 0, "
        "contact_frozen = 0, profile_hidden = 0, posts_hidden = 0, search_hidden = 0, followers_hidden = 0, "
        "messages_closed = 0 WHERE handle = ?",
        (handle,),
    )
    db.execute("UPDATE session SET ended_at = NULL WHERE handle = ?", (handle,))
    db.execute("UPDATE app SET ended_at = NULL WHERE handle = ?", (handle,))
    db.execute("UPDATE post SET disabled = 0 WHERE author = ?", (handle,))


def _fill(db: sqlite3.Connection) -> None:
    db.executemany(
        "INSERT INTO account (handle, name, about, place, recovery) VALUES (?, ?, ?, ?, ?)",
        [(one.handle, one.name, one.about, one.place, one.recovery) for one in people.PEOPLE],
    )
    db.executemany(
        "INSERT INTO post (id, author, written_at, words, reply_to) VALUES (?, ?, ?, ?, ?)",
        [(one.id, one.author, _ago(one.hours), one.words, one.reply_to) for one in people.POSTS],
    )
    db.executemany("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, NULL)", map(_held, people.DEVICES))
    db.executemany("INSERT INTO app VALUES (?, ?, ?, ?, ?, ?, NULL)", map(_held, people.APPS))
    db.executemany("INSERT INTO follow VALUES (?, ?)", people.FOLLOWS)
    db.execute("INSERT INTO log VALUES (?, 'amina', 'Signed in from a computer never seen before.')", (_ago(6.4),))
    db.execute("INSERT INTO log VALUES (?, 'amina', 'A new app was connected: Full Backup Export.')", (_ago(6.3),))
    db.execute("INSERT INTO log VALUES (?, 'amina', 'A change of the recovery e-mail was begun.')", (_ago(6.2),))


def _held(one: people.Device) -> tuple[str, str, str, str, str, bool]:
    return one.id, one.handle, one.label, one.place, _ago(one.hours), one.stranger


def _ago(hours: float) -> str:
    return clock.text(clock.now() - timedelta(hours=hours))
