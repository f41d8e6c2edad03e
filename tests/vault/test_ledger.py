"""The erasure ledger: what is changed, moved or missing shows, and what a power cut left of a line stops nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import ledger
from safeconduct.vault.ledger import Line
from tests.standing import Clock, time

__all__ = ["time"]
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

GONE = [new_id() for _ in range(3)]


def lines() -> list[Line]:
    return ledger.read(ledger.ledger_file(), ledger.key_file().read_bytes())


def written() -> list[str]:
    return ledger.ledger_file().read_text().splitlines(keepends=True)


def noted() -> None:
    for each in GONE:
        ledger.note("vault.destroyed", [each])


def test_what_was_noted_is_read_in_its_order(data_folder: Path) -> None:
    noted()

    assert [line.ids for line in lines()] == [(each,) for each in GONE]


@pytest.mark.parametrize("order", [(0, 2), (1, 0, 2), (1, 2), (0, 1, 1, 2)], ids=["out", "moved", "first", "twice"])
def test_a_line_taken_out_moved_or_doubled_shows(data_folder: Path, order: tuple[int, ...]) -> None:
    noted()
    whole = written()
    ledger.ledger_file().write_text("".join(whole[number] for number in order))

    with pytest.raises(Refused, match="does not fit the one before"):
        lines()


def test_lines_of_two_copies_that_went_apart_do_not_fit_together(data_folder: Path) -> None:
    noted()
    one = written()
    ledger.ledger_file().write_text("".join(one[:1]))
    for each in (GONE[2], GONE[1]):
        ledger.note("vault.destroyed", [each])
    ledger.ledger_file().write_text("".join([*one[:2], written()[2]]))

    with pytest.raises(Refused, match="line 3"):
        lines()


def test_half_a_line_that_a_power_cut_left_keeps_nothing_from_being_noted_or_read(data_folder: Path) -> None:
    noted()
    with ledger.ledger_file().open("a") as file:
        file.write(written()[0][:40])

    ledger.note("vault.destroyed", GONE[:1])

    assert [line.ids for line in lines()] == [(each,) for each in (*GONE, GONE[0])]


def test_however_much_goes_at_once_all_of_it_is_named_and_no_line_is_too_long(data_folder: Path) -> None:
    many = {new_id() for _ in range(2 * ledger.IDS_A_LINE + 1)}

    ledger.note("vault.destroyed", many)

    assert {each for line in lines() for each in line.ids} == many
    assert max(map(len, written())) <= ledger.LONGEST_LINE


def test_each_day_leaves_one_line_though_nothing_goes(data_folder: Path, time: Clock) -> None:
    said = [ledger.note_day(), ledger.note_day()]
    time.move(timedelta(days=1))
    said += [ledger.note_day(), ledger.note_day()]

    assert said == [1, 0, 1, 0]
    assert [line.day for line in lines()] == [time.now.date() - timedelta(days=1), time.now.date()]
