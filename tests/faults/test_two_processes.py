"""Two processes on one database, and a database that another holds: nothing twice, nothing lost, a sentence instead."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from safeconduct.audit import queries as audit
from safeconduct.audit.services import sequence_pending
from safeconduct.domains.cases.models import Case, Page, Report
from safeconduct.domains.cases.rules import Danger
from safeconduct.kernel.errors import Unavailable
from safeconduct.project import serving
from tests.domains.cases.making import make_case, make_programme
from tests.programme import Programme
from tests.standing import _a_fresh_door
from tests.web.portal.walks import code_on, to_the_last_step
from tests.web.visitor import Visitor

__all__ = ["_a_fresh_door"]

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAM = Path(__file__).with_name("second_process.py")


@pytest.fixture
def programme(transactional_db: None, data_folder: Path) -> Programme:
    return make_programme()


@contextmanager
def somebody_elses_lock() -> Iterator[None]:
    """Hold the database as another process would, so that nobody waits long for it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database; the test of two processes is about those")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
            cursor.execute("PRAGMA busy_timeout = 20000")


def test_a_folder_that_is_served_is_served_by_no_second_process(data_folder: Path) -> None:
    with serving.alone(data_folder), pytest.raises(Unavailable) as told, serving.alone(data_folder):
        pass

    assert "is being served already" in told.value.sentence


def test_while_another_holds_the_database_words_come_back_and_no_code_is_shown(programme: Programme) -> None:
    visitor = to_the_last_step(Visitor())

    with somebody_elses_lock():
        visitor.press("send")
    refused, page, kept = visitor.answer.status_code, visitor.page, Report.objects.count()
    visitor.press("send")

    assert (refused, kept, code_on(page)) == (503, 0, [])
    assert (len(code_on(visitor.page)), Report.objects.count()) == (3, 1)


def ours(folder: Path) -> dict[str, str]:
    """Return what leads another process to this test's own database and data folder."""
    settings = connection.settings_dict
    database = str(settings["NAME"])
    postgresql = f"postgresql://{settings['USER']}@/{database}?host={settings['HOST']}"
    return os.environ | {
        "SAFECONDUCT_DATA": str(folder),
        "SAFECONDUCT_DATABASE": postgresql if connection.vendor == "postgresql" else "",
        "SQLITE_FILE": database,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def test_two_processes_that_file_take_call_and_sequence_at_once_do_nothing_twice(
    programme: Programme, data_folder: Path
) -> None:
    waiting = [make_case(programme, danger=Danger.NOW) for _ in range(4)]
    nonce = os.urandom(32).hex()
    cookies = [programme.cookie("ines"), programme.cookie("idris")]
    connection.close()

    running = [
        subprocess.Popen(
            [sys.executable, str(PROGRAM), cookie, nonce, *(str(made.id) for made in waiting)],
            env=ours(data_folder),
            stdout=subprocess.PIPE,
            text=True,
        )
        for cookie in cookies
    ]
    told = [json.loads(process.communicate(timeout=300)[0].splitlines()[-1]) for process in running]
    sequence_pending()

    assert [process.returncode for process in running] == [0, 0]
    assert told[0]["code"] == told[1]["code"]
    assert sorted(told[0]["taken"] + told[1]["taken"]) == sorted(str(made.id) for made in waiting)
    assert Report.objects.count() == 5
    pages = [*Page.objects.values_list("case", "member", "step", "rung_at")]
    assert len(pages) == len(set(pages)) >= 4
    assert audit.verify().holds
    assert Case.objects.exclude(assignee=None).count() == 4
