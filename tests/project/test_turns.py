"""The queue of writers in front of SQLite: one at a time, and whoever falls over gives the turn away."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import ConnectionHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3 import base as sqlite
from django.db.utils import OperationalError
from pytest_django import DjangoDbBlocker

from safeconduct.project import databases
from safeconduct.project.sqlite import base

pytestmark = pytest.mark.one_database

Opener = Callable[..., BaseDatabaseWrapper]


@pytest.fixture
def opened(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Opener]:
    made: list[BaseDatabaseWrapper] = []

    def one(name: str = "turns.sqlite3") -> BaseDatabaseWrapper:
        settings = databases.sqlite(tmp_path / name)
        settings["OPTIONS"]["timeout"] = 0.1  # what other processes hold is not what is tested here
        handler = ConnectionHandler({"default": settings})
        made.append(handler["default"])
        made[-1].inc_thread_sharing()
        return made[-1]

    with django_db_blocker.unblock():
        yield one
        for connection in made:
            connection.close()


def begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def interrupted(_: object) -> None:
    raise KeyboardInterrupt


def begun_on_a_thread(connection: BaseDatabaseWrapper) -> threading.Thread:
    thread = threading.Thread(target=begin, args=(connection,))
    thread.start()
    return thread


def test_a_second_writer_waits_until_the_first_is_through(opened: Opener) -> None:
    first, second = opened(), opened()
    begin(first)
    waiting = begun_on_a_thread(second)
    waiting.join(timeout=0.2)
    was_waiting = waiting.is_alive()
    first.commit()
    waiting.join(timeout=20)

    assert was_waiting
    assert not waiting.is_alive()
    second.rollback()


def test_a_transaction_taken_back_gives_the_turn_away(opened: Opener) -> None:
    first, second = opened(), opened()
    begin(first)

    first.rollback()

    begin(second)
    second.commit()


def test_a_connection_closed_half_way_gives_the_turn_away(opened: Opener) -> None:
    first, second = opened(), opened()
    begin(first)

    first.close()

    begin(second)
    second.commit()


def test_writers_of_another_file_wait_for_nobody(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    first, elsewhere = opened(), opened("elsewhere.sqlite3")
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.01)
    begin(first)

    begin(elsewhere)

    elsewhere.rollback()
    first.rollback()


def test_a_commit_that_fails_gives_the_turn_away(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = opened(), opened()
    begin(first)
    monkeypatch.setattr(sqlite.DatabaseWrapper, "_commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        first.commit()
    monkeypatch.undo()
    first.connection.rollback()

    begin(second)
    second.commit()


def test_a_turn_left_over_is_given_back_before_the_next(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened()
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.01)
    begin(first)
    first.connection.rollback()

    begin(first)

    first.commit()


def test_a_transaction_that_cannot_begin_gives_the_turn_away(opened: Opener, tmp_path: Path) -> None:
    first, second = opened(), opened()
    first.ensure_connection()
    other_process = sqlite3.connect(tmp_path / "turns.sqlite3", isolation_level=None)
    other_process.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        begin(first)
    other_process.close()

    begin(second)
    second.commit()


def test_waiting_for_a_turn_ends(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = opened(), opened()
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.01)
    begin(first)

    with pytest.raises(OperationalError, match="locked"):
        begin(second)

    first.rollback()
