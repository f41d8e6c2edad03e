"""The search is worth something: what is planted on purpose is found in every place that is searched."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from safeconduct.project.demonstration import spellings
from tests.leaks.conftest import Lived
from tests.leaks.places import finds, open_files_of

pytestmark = pytest.mark.loopback

CONTROL = "controlplanted bittersweet شاهد الزرع"
# Several forms may be the same bytes; the first is the one that a reader expects.
LOOKED_FOR = {value: form for form, value in reversed(spellings.forms_of(CONTROL).items())}


@contextmanager
def scratch_table(lived: Lived, value: str) -> Iterator[None]:
    """Keep a value in a table of the service's own database inside the block."""
    address = lived.places.database.address
    connect = (lambda: psycopg.connect(address)) if address else (lambda: sqlite3.connect(_sqlite(lived), timeout=20))
    mark = "%s" if address else "?"
    with closing(connect()) as connection:
        connection.execute("CREATE TABLE scratch (words text)")
        connection.execute(f"INSERT INTO scratch VALUES ({mark})", (value,))  # noqa: S608 - one of two fixed signs
        connection.commit()
        try:
            yield
        finally:
            connection.execute("DROP TABLE scratch")
            connection.commit()


def _sqlite(lived: Lived) -> Path:
    return lived.places.served.data / "safeconduct.sqlite3"


def test_what_is_inserted_in_the_clear_is_found_in_the_files_of_the_database(lived: Lived) -> None:
    with scratch_table(lived, f"before {CONTROL} after"):
        found = finds(lived.places.files(), LOOKED_FOR)

    assert [place for place in found if "pg_wal" in place or "sqlite3-wal" in place]


def test_what_a_database_keeps_compressed_is_found_in_its_rows(lived: Lived) -> None:
    with scratch_table(lived, f"{CONTROL} " * 3000):
        found = finds(lived.places.rows(), LOOKED_FOR)

    assert "rows of scratch: utf-8" in found


def test_what_the_service_prints_is_found(lived: Lived) -> None:
    printed = Path(f"/proc/{lived.places.served.process.pid}/fd/1")
    with printed.open("w") as output:
        output.write(f"{CONTROL}\n")
    patience = time.monotonic() + 120
    while CONTROL not in "".join(lived.places.served.printed) and time.monotonic() < patience:
        time.sleep(0.05)

    assert "printed: utf-8" in finds(lived.places.everything(), LOOKED_FOR)


def test_what_lies_in_a_temporary_file_or_in_a_name_is_found(lived: Lived) -> None:
    temporary = lived.places.served.data.parent / f"{CONTROL}.tmp"
    temporary.write_text(CONTROL, "utf-16-le")

    found = finds(lived.places.files(), LOOKED_FOR)
    temporary.unlink()

    assert {"a name: utf-8", f"{temporary}: utf-16-le"} <= set(found)


def test_what_lies_in_a_deleted_file_that_is_still_open_is_found(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "file = open(sys.argv[1], 'w+')\n"
        "os.unlink(sys.argv[1])\n"
        "file.write(sys.argv[2] * 100)\n"
        "file.flush()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "spooled"), CONTROL]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = finds(open_files_of(process.pid), LOOKED_FOR)
        process.kill()

    assert found == [f"{tmp_path / 'spooled'} (deleted): utf-8"]
