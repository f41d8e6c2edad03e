"""A ledger that is older than what is known elsewhere, or was cut, is refused and found, also where lines followed."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from safeconduct.accounts import pins
from safeconduct.audit import queries as record
from safeconduct.audit import services as audit
from safeconduct.backups import elsewhere, parcels, rows
from safeconduct.backups.checks import Ledger
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import ledger
from tests.backups.making import Backed, back_up, bring_back, lose_everything, make_cards

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backed(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Backed:
    pins.keep_pins(pins.Pins())
    return back_up(make_cards(), tmp_path_factory.mktemp("away") / "backup")


def erase(*ids: UUID) -> None:
    ledger.note(ledger.DESTROYED, ids or (new_id(),))


def cut(path: Path, lines: int) -> None:
    """Cut the newest lines off, as whoever can write to the file can."""
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-lines]))


def refused_with(code: str, act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value.sentence


def test_an_older_copy_than_the_one_this_service_keeps_is_refused_and_the_newer_is_named(
    backed: Backed, settings: Any
) -> None:
    settings.LEDGER = str(backed.file.parent / "kept")
    newest = ledger.ledger_file()
    newest.parent.mkdir()
    (Path(settings.DATA) / "ledger" / ledger.FILE).rename(newest)
    older = backed.file.parent / "older.jsonl"
    older.write_bytes(newest.read_bytes())
    erase()
    lose_everything(settings, backed.file.parent / "data")

    said = refused_with("restore.ledger-lacks", lambda: bring_back(backed, older))

    assert str(newest) in said
    assert "--ledger-lacks 1" in said
    assert not rows.any_row()


def test_a_later_backup_beside_finds_an_older_ledger_without_a_card(backed: Backed, settings: Any) -> None:
    older = backed.file.parent / "older.jsonl"
    older.write_bytes(ledger.ledger_file().read_bytes())
    erase()
    later = back_up(backed.cards, backed.file.parent / "later")
    lose_everything(settings, backed.file.parent / "data")

    said = refused_with("restore.ledger-lacks", lambda: bring_back(backed, older, witnesses=seen_beside(backed)))

    assert str(later.file) in said


def seen_beside(backed: Backed) -> tuple[elsewhere.Witness, ...]:
    with backed.file.open("rb") as file:
        return (*elsewhere.later_backups(backed.file, parcels.head_of(file)),)


def test_an_exported_record_finds_a_ledger_that_was_cut_and_went_on(backed: Backed, settings: Any) -> None:
    erase()
    cut(ledger.ledger_file(), 1)
    erase()
    exported = backed.file.parent / "record"
    tomorrow = clock.now() + timedelta(days=1)
    with clock.use(lambda: tomorrow):
        audit.sequence_pending()
        exported.write_text("\n".join(record.export_lines()))
    seen = (elsewhere.exported_record(exported),)
    kept = lose_everything(settings, backed.file.parent / "data")

    refused_with("restore.ledger-lacks", lambda: bring_back(backed, kept, witnesses=seen))
    refused_with("restore.ledger-lacks", lambda: bring_back(backed, kept, witnesses=seen, lacking=2))
    done = bring_back(backed, kept, witnesses=seen, lacking=1)

    assert "programme.restored-without-lines" in [each.action for each in record.entries_for(done.id)]


def test_a_whole_ledger_is_believed_whatever_is_asked_and_no_line_is_called_lost_for_nothing(
    backed: Backed, settings: Any
) -> None:
    erase()
    back_up(backed.cards, backed.file.parent / "later")
    kept = lose_everything(settings, backed.file.parent / "data")

    refused_with("restore.ledger-whole", lambda: bring_back(backed, kept, witnesses=seen_beside(backed), lacking=1))

    assert bring_back(backed, kept, witnesses=seen_beside(backed)).erasures == 1


@pytest.mark.parametrize("went_on", [False, True])
def test_doctor_misses_lines_that_were_cut_off_also_where_others_followed(backed: Backed, *, went_on: bool) -> None:
    erase()
    assert Ledger().run().well
    cut(ledger.ledger_file(), 1)
    if went_on:
        erase()

    found = Ledger().run()

    assert not found.well
    assert "lacks a line" in found.what


def test_lines_that_were_cut_are_missed_for_as_long_as_a_backup_could_bring_back_what_they_told_of(
    backed: Backed,
) -> None:
    erase()
    cut(ledger.ledger_file(), 1)
    later = clock.now() + timedelta(days=33)

    with clock.use(lambda: later):
        assert not ledger.missed(ledger.read(ledger.ledger_file(), ledger.key_file().read_bytes()))


def test_the_record_tells_of_a_line_at_the_end_of_its_day_and_never_beside_what_it_is_about(backed: Backed) -> None:
    audit.sequence_pending()
    before = len([*record.export_lines()])
    erase()

    audit.sequence_pending()

    assert len([*record.export_lines()]) == before
    assert not [each for each in record.export_lines() if json.loads(each).get("action") == ledger.WRITTEN]
