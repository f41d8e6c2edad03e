"""``backup`` and ``restore`` where no terminal is needed: who makes cards, what is said, what is refused."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.accounts.models import Session
from safeconduct.backups import made, making
from safeconduct.backups.checks import Backups, Ledger
from safeconduct.cli import backup, restore
from safeconduct.cli.main import app
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.backups.making import make_cards, quietly
from tests.cli.conftest import Script
from tests.cli.test_teams import typed
from tests.domains.cases.making import make_case, open_door
from tests.programme import Programme


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words])
    return done.exit_code, done.output


def test_a_lead_makes_the_cards_with_a_custodian_who_agrees_and_each_is_shown_alone(programme: Programme) -> None:
    words = programme.founded.person("chiara").passphrase
    screen = Script([*typed(programme, "leyla"), *typed(programme, "chiara"), words])

    backup.hand_out(screen)

    assert sum("2 of the 3 cards open every backup" in text for text in screen.shown) == 3
    assert not [text for text in screen.visible if "card" in text.lower() and "   1 " in text]
    assert not Session.objects.exists()


def test_nobody_but_a_lead_makes_cards_for_backups(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        backup.hand_out(Script(typed(programme, "ines")))


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("words", [("backup", "cards"), ("restore", "FILE")])
def test_cards_are_neither_shown_nor_typed_without_a_terminal(words: tuple[str, ...]) -> None:
    code, said = run(*words)

    assert (code, "at a terminal only" in said) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_a_backup_says_what_is_in_it_and_when_to_destroy_it(data_folder: Path, tmp_path: Path) -> None:
    make_cards()
    file = tmp_path.parent / f"{tmp_path.name}-backup"

    code, said = run("backup", str(file), "--json")
    checked, shown = run("backup", "verify", str(file))

    told = json.loads(said)
    assert (code, checked) == (0, 0)
    assert told["destroy_by"] == made.last_day(clock.now().date()).isoformat()
    assert "whole." in shown
    assert told["destroy_by"] in shown


def test_a_file_that_is_no_backup_is_refused_in_one_sentence(data_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all,\n")

    assert run("backup", "verify", str(file)) == (
        1,
        "This file is no backup of this software. Name a file that it wrote.\n",
    )


def test_restore_refuses_a_place_where_something_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    monkeypatch.setenv("SAFECONDUCT_DATA", str(tmp_path))

    with pytest.raises(Refused) as refused:
        restore.bring_back(Script([]), restore.Asked(tmp_path / "backup"))

    assert refused.value.code == "restore.not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_doctor_names_a_backup_past_its_time_and_one_that_is_missing(data_folder: Path, tmp_path: Path) -> None:
    before = Backups().run()
    (tmp_path / "old").write_text("")
    made.remember(made.Made("1", "2026-01-02", str(tmp_path / "old")))

    late = Backups().run()

    assert before.well
    assert str(tmp_path / "old") in late.what
    assert not late.well
    assert Ledger().run().well


def test_before_the_first_report_no_backup_is_a_note_and_from_then_on_it_is_wrong(
    programme: Programme, settings: object
) -> None:
    open_door(programme)
    settings.DEMONSTRATION = False  # type: ignore[attr-defined] # pytest-django's settings wrapper
    on_day_one = Backups().run()
    make_case(programme)

    without_cards = Backups().run()
    make_cards()
    with_cards = Backups().run()

    assert on_day_one.well
    assert "safeconduct backup cards" in on_day_one.what
    assert not without_cards.well
    assert "safeconduct backup cards" in without_cards.mend
    assert not with_cards.well
    assert "safeconduct backup FILE" in with_cards.mend


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("demonstration", "days", "code"),
    [("no", 0, "restore.demonstration"), ("yes", 31, "restore.expired"), ("yes", 30, "")],
)
def test_restore_refuses_the_other_kind_and_what_should_be_destroyed(
    *, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demonstration: str, days: int, code: str
) -> None:
    make_cards()
    file = tmp_path.parent / f"{tmp_path.name}-backup"
    making.back_up(file, progress=quietly)
    monkeypatch.setenv("SAFECONDUCT_DEMONSTRATION", demonstration)
    later = clock.now() + timedelta(days=days)

    refused = ""
    with clock.use(lambda: later), file.open("rb") as opened:
        try:
            restore._checked(opened, restore.Asked(file))
        except Refused as fault:
            refused = fault.code

    assert refused == code
