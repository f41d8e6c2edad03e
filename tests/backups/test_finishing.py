"""A restore ends as a whole: its ledger is there before its rows stand, and what a kill left open is finished."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.backups import restoring, rows
from safeconduct.cli import restore
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault import ledger
from tests.backups.making import Backed, back_up, bring_back, lose_everything, make_cards
from tests.domains.cases.making import make_case, make_programme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backed(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Backed:
    make_case(make_programme())
    return back_up(make_cards(), tmp_path_factory.mktemp("away") / "backup")


def test_where_the_ledger_cannot_be_written_nothing_is_brought_back(backed: Backed, settings: Any) -> None:
    kept = lose_everything(settings, backed.file.parent / "data")
    # Its folder lies below a file, so no ledger can ever be there.
    settings.LEDGER = str(backed.file / "ledger")

    with pytest.raises(OSError, match="backup"):
        bring_back(backed, kept)

    assert not rows.any_row()


def test_nothing_is_in_its_place_before_the_disk_has_lost_what_was_erased(data_folder: Path, tmp_path: Path) -> None:
    ledger.begin()
    with CaptureQueriesContext(connection) as asked, pytest.raises(FileNotFoundError):
        restoring.put_in_place(tmp_path / "never built", tmp_path / "data")

    assert vacuumed(asked)


def test_a_restore_killed_after_its_commit_is_finished_with_its_ledger_and_with_nothing_left_on_the_disk(
    backed: Backed, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = backed.file.parent / "data"
    kept = lose_everything(settings, restore.Place(data).built)
    done = bring_back(backed, kept)
    (Path(settings.DATA) / restore.MARK).write_text(json.dumps({"backup": str(done.id)}))
    monkeypatch.setenv("SAFECONDUCT_DATA", str(data))
    monkeypatch.setenv("SAFECONDUCT_DATABASE", "on a server")

    with CaptureQueriesContext(connection) as asked:
        assert restore.finish_broken_off()

    settings.DATA = data
    assert vacuumed(asked)
    assert ledger.read(ledger.ledger_file(), ledger.key_file().read_bytes())


def test_without_its_ledger_no_restore_is_finished(
    backed: Backed, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = backed.file.parent / "data"
    done = bring_back(backed, lose_everything(settings, restore.Place(data).built))
    (Path(settings.DATA) / restore.MARK).write_text(json.dumps({"backup": str(done.id)}))
    ledger.ledger_file().unlink()
    monkeypatch.setenv("SAFECONDUCT_DATA", str(data))
    monkeypatch.setenv("SAFECONDUCT_DATABASE", "on a server")

    with pytest.raises(Unavailable, match=r"ledger .* is missing"):
        restore.finish_broken_off()

    assert not data.exists()


def vacuumed(asked: CaptureQueriesContext) -> bool:
    return any("VACUUM" in each["sql"] for each in asked.captured_queries)
