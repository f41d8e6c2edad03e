"""Tables as lines of text and back, with every type kept, on whichever database they lie."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Model

# What lives for minutes or hours, and opens something while it lives, is in no backup: whoever was signed in is not.
PASSING = frozenset({"accounts.Session", "accounts.SpentChallenge", "vault.OutboxKey"})
BATCH, BATCH_BYTES = 500, 1024 * 1024
FETCHED = 50


def tables() -> list[type[Model]]:
    """Return every table of ours that outlives a restart, by name."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("safeconduct.")]
    return sorted((model for model in ours if label(model) not in PASSING), key=label)


def label(model: type[Model]) -> str:
    """Return what a table is called in a backup."""
    return str(model._meta.label)  # noqa: SLF001 - Django's own name for what is public


def columns(model: type[Model]) -> list[str]:
    """Return the columns of a table, by name."""
    return sorted(field.attname for field in _fields(model))


def count(model: type[Model]) -> int:
    """Return how many rows a table has."""
    return _rows_of(model).count()


def table_names() -> list[str]:
    """Return our tables as the database calls them, quoted."""
    return [connection.ops.quote_name(model._meta.db_table) for model in tables()]  # noqa: SLF001 - the same


def _fields(model: type[Model]) -> "list[models.Field[Any, Any]]":
    return [*model._meta.concrete_fields]  # noqa: SLF001 - the same


def _rows_of(model: type[Model]) -> "models.Manager[Any]":
    return model._default_manager  # noqa: SLF001 - the same


@contextmanager
def one_moment() -> Iterator[None]:
    """Let everything read inside the block be as one moment saw it, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Our transactions on SQLite begin as writers, and would hold up everybody; this one only reads.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def batches(model: type[Model]) -> Iterator[list[list[Any]]]:
    """Yield a table's rows, about a megabyte at a time, as what JSON can hold."""
    found = _rows_of(model).order_by("pk").values_list(*columns(model))
    batch: list[list[Any]] = []
    size = 0
    for row in found.iterator(chunk_size=FETCHED):
        batch.append([_written(value) for value in row])
        size += sum(len(value) for value in batch[-1] if isinstance(value, str))
        if len(batch) == BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _written(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows that ``batches`` gave, and return how many."""
    fields = {field.attname: _value_field(field) for field in _fields(model)}
    made = [model(**{name: _read(fields[name], value) for name, value in zip(names, row, strict=True)}) for row in rows]
    _rows_of(model).bulk_create(made)
    return len(made)


def _value_field(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _read(field: "models.Field[Any, Any]", value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if value is None or isinstance(field, models.JSONField):
        return value
    return b64decode(value) if isinstance(field, models.BinaryField) else field.to_python(value)


def continue_counting() -> None:
    """Let numbers that a table gives out by itself go on after the highest that was brought back."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables():
            for field in _fields(model):
                if isinstance(field, models.AutoField):
                    cursor.execute(_counting(model, field))


def _counting(model: type[Model], field: "models.Field[Any, Any]") -> str:
    """Return how a table's numbers go on, never back. Some stand below nought, on which Django fails."""
    table, column = (connection.ops.quote_name(each) for each in (model._meta.db_table, str(field.column)))  # noqa: SLF001 - the same
    numbers = f"pg_get_serial_sequence('{table}', '{field.column}')"
    return f"SELECT setval({numbers}, GREATEST(COALESCE(max({column}), 1), nextval({numbers}))) FROM {table}"  # noqa: S608 - our own names


def any_row() -> bool:
    """Answer whether anything lies in any of our tables."""
    there = set(connection.introspection.table_names())
    return any(_is_there(model, there) and _rows_of(model).exists() for model in tables())


def _is_there(model: type[Model], there: set[str]) -> bool:
    return model._meta.db_table in there  # noqa: SLF001 - the same
