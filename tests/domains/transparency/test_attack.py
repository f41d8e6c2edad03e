"""All published tables against linear programming: no hidden figure can be bounded closer than the threshold."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from safeconduct.domains.transparency.rules import (
    LARGEST_HIDDEN,
    Appeals,
    Dimension,
    Numbers,
    Question,
    Row,
    Slip,
    Split,
    Table,
    numbers_from,
)
from safeconduct.domains.transparency.rules.tables import APPEALS_SHOWN_IN, SHOWN_IN
from tests.domains.transparency.attack import AppealAttack, Attack
from tests.domains.transparency.making import LANGUAGES, appealed, drawn, periods

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


@settings(max_examples=12, deadline=None)
@given(slips=periods, share=some.floats(0.02, 1), overturned=some.floats(0, 1))
def test_appeals_beside_their_cases_give_neither_away(slips: list[Slip], share: float, overturned: float) -> None:
    """The attacker even believes that each appeal is against a case of this period, and one a case at most."""
    numbers = numbers_from([*slips, *appealed(slips, len(slips), share, overturned)], languages=LANGUAGES)

    places = range(len(numbers.appeals.tables)) if numbers.appeals else ()
    faults = [found for place in places for found in close_in_appeals(numbers, [place])]

    assert faults == []


@pytest.mark.parametrize(("seed", "share"), [(4, 0.2), (5, 0.3)])
def test_appeals_by_all_dimensions_together_give_away_no_more_than_each_by_itself(seed: int, share: float) -> None:
    slips = drawn(seed, 300, skew=4.0)
    numbers = numbers_from([*slips, *appealed(slips, seed, share, 0.4)], languages=LANGUAGES)

    assert numbers.appeals is not None
    assert close_in_appeals(numbers, [0, 2]) == []
    assert close_in_appeals(numbers, [1, 2]) == []
    assert close_in_appeals(numbers, [0, 3]) == []


def close_in_appeals(numbers: Numbers, places: list[int]) -> list[tuple[str, float, float]]:
    assert numbers.appeals is not None
    bounds = AppealAttack(numbers, numbers.appeals, places).bounds()
    return [each for each in bounds if each[2] - each[1] < LARGEST_HIDDEN - ALMOST]


def test_the_attack_finds_appeals_that_were_hidden_badly() -> None:
    """Say how many appeals there were where there are as many cases, and hide one row: it must be found."""
    numbers = numbers_from(drawn(3, 400), languages=LANGUAGES)
    cases = next(each for each in numbers.tables if each.by is Dimension.LANGUAGE)
    split = {Question.OVERTURNED: Split()}
    rows = tuple(
        Row(row.row, None if at == 0 else row.count, {} if at == 0 else split) for at, row in enumerate(cases.rows)
    )
    hidden = Row("together", cases.rows[0].count, split)
    badly = Appeals(numbers.cases, split, (Table(Dimension.LANGUAGE, rows, hidden),))

    assert [each for each in AppealAttack(numbers, badly, [0]).bounds() if each[2] - each[1] < LARGEST_HIDDEN] != []


def test_the_attack_finds_what_was_hidden_badly() -> None:
    """Show the sum and all rows but one: the attack must find that one, or it would find nothing at all."""
    numbers = numbers_from(drawn(3, 400), languages=LANGUAGES)
    table = next(each for each in numbers.tables if each.by is Dimension.LANGUAGE)
    shown = table.rows[0]
    badly = Table(table.by, (shown, *(type(shown)(row.row, None, {}) for row in table.rows[1:2])), None)

    assert too_close(numbers, [badly]) != []


@pytest.mark.parametrize("shown_in", [SHOWN_IN, APPEALS_SHOWN_IN], ids=["cases", "appeals"])
def test_questions_and_tables_make_no_ring(shown_in: Mapping[Dimension, tuple[Question, ...]]) -> None:
    """Take away whatever hangs by one line until nothing is left: a ring would stay, and could be reckoned around."""
    lines = {(table.value, question.value) for table, asked in shown_in.items() for question in asked}

    while hanging := {line for line in lines for end in line if sum(end in other for other in lines) == 1}:
        lines -= hanging

    assert lines == set()
