"""``safeconduct audit follow``: every entry once, in order, also after a crash in the middle of a line."""

import json
from pathlib import Path

import pytest
from django.db import connection, transaction
from typer.testing import CliRunner

from safeconduct.audit import following, services, triggers
from safeconduct.audit.models import Entry
from safeconduct.cli.main import app
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.ids import new_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_folder")]


def record(count: int) -> None:
    for _ in range(count):
        with transaction.atomic():
            services.record(OPERATOR, "test.happened", new_id())
    services.sequence_pending()


def follow(*words: str) -> str:
    done = CliRunner().invoke(app, ["audit", "follow", "--once", *words])
    assert done.exit_code == 0, done.output
    return done.output


def places(text: str) -> list[int]:
    return [json.loads(line)["index"] for line in text.splitlines()]


def test_a_file_goes_on_where_it_ends(tmp_path: Path) -> None:
    to = tmp_path / "record.jsonl"
    record(3)
    follow("--to", str(to))
    record(2)

    follow("--to", str(to))
    follow("--to", str(to))

    assert places(to.read_text()) == [0, 1, 2, 3, 4]
    assert to.stat().st_mode & 0o077 == 0


def test_a_gap_in_the_record_repeats_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    record(5)
    monkeypatch.setattr(following, "AT_ONCE", 2)
    triggers.take_down(connection)
    Entry.objects.filter(index=1).delete()
    triggers.put_up(connection)

    assert places(follow()) == [0, 2, 3, 4]


def test_a_line_that_a_crash_left_half_written_is_written_whole(tmp_path: Path) -> None:
    to = tmp_path / "record.jsonl"
    record(3)
    follow("--to", str(to))
    to.write_bytes(to.read_bytes()[:-20])

    follow("--to", str(to))

    assert places(to.read_text()) == [0, 1, 2]


def test_a_pipe_begins_where_it_is_told() -> None:
    record(3)

    assert places(follow()) == [0, 1, 2]
    assert places(follow("--from", "2")) == [2]


def test_only_what_is_signed_is_given_out() -> None:
    record(1)
    with transaction.atomic():
        services.record(OPERATOR, "test.happened", new_id())

    assert places(follow()) == [0]


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    to = tmp_path / "letters.txt"
    to.write_text("Dear Kofi,\n")

    done = CliRunner().invoke(app, ["audit", "follow", "--once", "--to", str(to)])

    assert done.exit_code != 0
    assert to.read_text() == "Dear Kofi,\n"
