"""The database itself refuses to change or lose what was recorded."""

import pytest
from django.db import IntegrityError, connection, transaction

from safeconduct.audit import services
from safeconduct.audit.models import Waiting
from tests.audit.making import make_record, record

pytestmark = pytest.mark.django_db

TABLES = ("audit_entry", "audit_node", "audit_checkpoint")
COLUMNS = {"audit_entry": "action", "audit_node": "hash", "audit_checkpoint": "note"}


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_recorded_can_be_changed(table: str) -> None:
    make_record(2)

    refused(f"UPDATE {table} SET {COLUMNS[table]} = {COLUMNS[table]}")  # noqa: S608 - our own names


@pytest.mark.parametrize("table", TABLES)
def test_nothing_recorded_can_be_removed(table: str) -> None:
    make_record(2)

    refused(f"DELETE FROM {table}")  # noqa: S608 - our own names


@pytest.mark.parametrize("table", TABLES)
def test_nothing_recorded_can_be_replaced(table: str) -> None:
    make_record(2)
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")

    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own names


@pytest.mark.parametrize("table", [*TABLES, "audit_waiting"])
def test_nothing_recorded_can_be_emptied_at_once(table: str) -> None:
    make_record(2)
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")

    refused(f"TRUNCATE {table}")


def test_a_session_that_skips_triggers_is_refused_all_the_same() -> None:
    make_record(2)
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no replica mode")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")

    refused("DELETE FROM audit_entry")


def test_a_waiting_entry_can_neither_be_changed_nor_dropped() -> None:
    record()

    refused("UPDATE audit_waiting SET action = 'case.other'")
    refused("DELETE FROM audit_waiting")


def test_a_waiting_entry_goes_only_when_the_very_same_entry_stands() -> None:
    record()
    copied = "entry_id, at, action, actor, subject, commitment"
    changed = copied.replace("action", "'case.other'")
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO audit_entry ("index", {copied}) SELECT 0, {changed} FROM audit_waiting')  # noqa: S608

    refused("DELETE FROM audit_waiting")


def test_placing_entries_works_under_the_triggers() -> None:
    record()

    services.sequence_pending()

    assert not Waiting.objects.exists()
