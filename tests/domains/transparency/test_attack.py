"""All published tables against linear programming: no hidden figure can be bounded closer than the threshold."""

import pytest
from hypothesis import given, settings

from safeconduct.domains.transparency.rules import LARGEST_HIDDEN, Dimension, Numbers, Slip, Table, numbers_from
from safeconduct.domains.transparency.rules.tables import SHOWN_IN
from tests.domains.transparency.attack import Attack
from tests.domains.transparency.making import LANGUAGES, drawn, periods

pytestmark = pytest.mark.one_database

ALMOST = 1e-6  # what the solver may be off by


def too_close(numbers: Numbers, tables: list[Table]) -> list[tuple[str, float, float]]:
    return [each for each in Attack(numbers, tables).bounds() if each[2] - each[1] < LARGEST_HIDDEN - ALMOST]


@settings(max_examples=20, deadline=None)
@given(slips=periods)
def test_no_hidden_figure_can_be_bounded_closer_than_the_threshold(slips: list[Slip]) -> None:
    numbers = numbers_from(slips, languages=LANGUAGES)

    assert [fault for table in numbers.tables for fault in too_close(numbers, [table])] == []


@pytest.mark.parametrize(("seed", "count", "skew"), [(1, 12, 1.0), (2, 90, 3.0), (3, 400, 5.0)])
def test_all_tables_together_give_away_no_more_than_each_by_itself(seed: int, count: int, skew: float) -> None:
    numbers = numbers_from(drawn(seed, count, skew=skew), languages=LANGUAGES)
    by = {table.by: table for table in numbers.tables}

    assert too_close(numbers, [by[Dimension.REGION], by[Dimension.LANGUAGE]]) == []
    assert too_close(numbers, [by[Dimension.THREAT], by[Dimension.LANGUAGE]]) == []
    assert too_close(numbers, [by[Dimension.THREAT], by[Dimension.REGION]]) == []


def test_the_attack_finds_what_was_hidden_badly() -> None:
    """Show the sum and all rows but one: the attack must find that one, or it would find nothing at all."""
    numbers = numbers_from(drawn(3, 400), languages=LANGUAGES)
    table = next(each for each in numbers.tables if each.by is Dimension.LANGUAGE)
    shown = table.rows[0]
    badly = Table(table.by, (shown, *(type(shown)(row.row, None, {}) for row in table.rows[1:2])), None)

    assert too_close(numbers, [badly]) != []


def test_questions_and_tables_make_no_ring() -> None:
    """Take away whatever hangs by one line until nothing is left: a ring would stay, and could be reckoned around."""
    lines = {(table.value, question.value) for table, asked in SHOWN_IN.items() for question in asked}

    while hanging := {line for line in lines for end in line if sum(end in other for other in lines) == 1}:
        lines -= hanging

    assert lines == set()
