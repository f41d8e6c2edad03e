"""Compares the tables as they are with the tables that this version reads: a migration's name alone says too little."""

from django.apps import apps
from django.db import connection

from safeconduct.kernel.errors import Refused

EARLIER = (
    "This database was made by an earlier version whose tables are others, and there is no way from them to these. "
    "Go on with that version, or begin anew in another folder: --data."
)


def check_columns() -> None:
    """Refuse a database that says it has every migration and lacks what they make today."""
    if missing_columns():
        raise Refused("schema.earlier", EARLIER)


def missing_columns() -> list[str]:
    """Return each column that this version reads and the database does not have, as ``table.column``."""
    with connection.cursor() as cursor:
        there = {
            table.name: {column.name for column in connection.introspection.get_table_description(cursor, table.name)}
            for table in connection.introspection.get_table_list(cursor)
            if table.type in {"t", "p"}
        }
    return sorted(
        f"{table}.{column}" for table, columns in _wanted().items() for column in columns - there.get(table, set())
    )


def _wanted() -> dict[str, set[str]]:
    read = [model._meta for model in apps.get_models(include_auto_created=True)]  # noqa: SLF001 - Django's own name for what is public
    return {
        each.db_table: {field.column for field in each.local_concrete_fields if field.column}
        for each in read
        if each.managed
    }
