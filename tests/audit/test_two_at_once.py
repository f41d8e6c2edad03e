"""Several processes may record and sequence at once; the tree stays one."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from safeconduct.audit import queries, services
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.ids import new_id

PROGRAM = Path(__file__).with_name("two_writers.py")
CHECK = """
import django; django.setup()
from safeconduct.audit import queries
checked = queries.verify()
print(checked.holds, checked.size, checked.waiting)
"""
MIGRATE = "import django; django.setup(); from django.core.management import call_command as c; c('migrate', 'audit')"


@pytest.mark.one_database
def test_two_processes_on_one_sqlite_file_grow_one_tree(tmp_path: Path) -> None:
    started = _environment(tmp_path)
    subprocess.run([sys.executable, "-c", MIGRATE], env=started, check=True, capture_output=True)

    running = [subprocess.Popen([sys.executable, str(PROGRAM), "25"], env=started) for _ in range(2)]
    ended = [process.wait(timeout=300) for process in running]
    checked = subprocess.run([sys.executable, "-c", CHECK], env=started, check=True, capture_output=True, text=True)

    assert ended == [0, 0]
    assert checked.stdout == "True 50 0\n"


def _environment(folder: Path) -> dict[str, str]:
    ours = {key: value for key, value in os.environ.items() if key != "SAFECONDUCT_DATABASE"}
    return ours | {"SAFECONDUCT_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.django_db(transaction=True)
def test_many_sequencers_on_postgresql_grow_one_tree() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time; the test above starts two processes")

    with ThreadPoolExecutor(4) as pool:
        placed = sum(pool.map(_alone(_write_and_sequence), range(4)))
    placed += services.sequence_pending()

    checked = queries.verify()
    assert checked.holds
    assert checked.size == placed == 80


def _write_and_sequence() -> int:
    placed = 0
    for _ in range(20):
        with transaction.atomic():
            services.record(BY_RULE, "case.received", new_id())
        placed += services.sequence_pending()
    return placed


def _alone(work: Callable[[], int]) -> Callable[[int], int]:
    """Let a thread work on a connection of its own, and close it."""

    def worker(_number: int) -> int:
        try:
            return work()
        finally:
            connection.close()

    return worker
