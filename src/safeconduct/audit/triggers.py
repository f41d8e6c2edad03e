"""The triggers that keep the record append-only, per database. A change here needs a migration of its own.

They stop mistakes, and a database account that does not own the tables. Whoever may drop triggers can still do damage;
the tree is what finds that.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSED = "The audit record is append-only."
WITHOUT_END = ("audit_entry", "audit_node", "audit_checkpoint")
KEYS = {
    "audit_entry": ("index", "entry_id"),
    "audit_node": ("number",),
    "audit_checkpoint": ("size",),
    "audit_waiting": ("number", "entry_id"),
}
# A waiting entry may go once the entry that stands says the very same.
SAID = ("entry_id", "at", "action", "actor", "subject", "commitment")
STANDS = "SELECT 1 FROM audit_entry e WHERE " + " AND ".join(f"e.{name} = OLD.{name}" for name in SAID)  # noqa: S608 - constants


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Guard the tables."""
    _run(connection, _postgresql_up() if connection.vendor == "postgresql" else _sqlite_up())


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Leave the tables unguarded: for undoing the migration, and for tests that empty tables or plant damage."""
    _run(connection, _postgresql_down() if connection.vendor == "postgresql" else _sqlite_down())


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_up() -> list[str]:
    made = [_sqlite_guard(table, "UPDATE", "") for table in KEYS]
    made += [_sqlite_guard(table, "DELETE", "") for table in WITHOUT_END]
    made.append(_sqlite_guard("audit_waiting", "DELETE", f"WHEN NOT EXISTS ({STANDS})"))
    # INSERT OR REPLACE removes the old row without asking the DELETE trigger, so it is met before it starts.
    made += [_sqlite_guard(table, "INSERT", f"WHEN EXISTS ({_same_key(table)})") for table in KEYS]
    return made


def _sqlite_guard(table: str, event: str, when: str) -> str:
    name = f"{table}_no_{event.lower()}"
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"


def _same_key(table: str) -> str:
    same = " OR ".join(f'"{key}" = NEW."{key}"' for key in KEYS[table])
    return f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - every word is a constant of this module


def _sqlite_down() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_{event}" for table in KEYS for event in ("update", "delete", "insert")]


def _postgresql_up() -> list[str]:
    made = [_function("audit_refuse", ""), _function("audit_let_go", f"IF EXISTS ({STANDS}) THEN RETURN OLD; END IF;")]
    made += [_postgresql_guard(table, "UPDATE OR DELETE", "ROW", "audit_refuse") for table in WITHOUT_END]
    made.append(_postgresql_guard("audit_waiting", "UPDATE", "ROW", "audit_refuse"))
    made.append(_postgresql_guard("audit_waiting", "DELETE", "ROW", "audit_let_go"))
    made += [_postgresql_guard(table, "TRUNCATE", "STATEMENT", "audit_refuse") for table in KEYS]
    # ALWAYS: otherwise a session in replica mode would pass them by.
    return made + [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in _postgresql_names()]


def _function(name: str, first: str) -> str:
    refuse = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {first} {refuse} END $$"


def _postgresql_guard(table: str, events: str, each: str, function: str) -> str:
    name = f"{table}_no_{events.lower().replace(' ', '_')}"
    return f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"


def _postgresql_names() -> list[tuple[str, str]]:
    names = [(table, f"{table}_no_update_or_delete") for table in WITHOUT_END]
    names += [("audit_waiting", "audit_waiting_no_update"), ("audit_waiting", "audit_waiting_no_delete")]
    return names + [(table, f"{table}_no_truncate") for table in KEYS]


def _postgresql_down() -> list[str]:
    dropped = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in _postgresql_names()]
    return [*dropped, "DROP FUNCTION IF EXISTS audit_refuse()", "DROP FUNCTION IF EXISTS audit_let_go()"]
