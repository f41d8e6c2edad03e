"""Hiding, against somebody who knows these rules as well as we do: every period that looks alike is tried."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product

import pytest

from safeconduct.domains.transparency.rules import (
    LARGEST_HIDDEN,
    Question,
    Split,
    numbers_from,
    rows_together,
    splits_hidden,
)
from tests.domains.transparency.making import slip

pytestmark = pytest.mark.one_database

Seen = tuple[object, ...]


def closest(published: Iterable[tuple[Seen, frozenset[int], Sequence[int]]]) -> int:
    """Return the narrowest range that any hidden figure has among all data that would look the same."""
    ranges: dict[tuple[Seen, int], tuple[int, int]] = {}
    for seen, hidden, figures in published:
        for place in hidden:
            low, high = ranges.get((seen, place), (figures[place], figures[place]))
            ranges[seen, place] = (min(low, figures[place]), max(high, figures[place]))
    assert ranges
    return min(high - low for low, high in ranges.values())


def splits_of(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits_of(total - first, parts - 1):
            yield (first, *rest)


@pytest.mark.parametrize(("rows", "totals"), [(2, range(11, 60)), (3, range(11, 60)), (4, (11, 23, 31, 42, 55))])
def test_whoever_knows_the_rules_cannot_bound_a_hidden_row_closer_than_the_threshold(
    rows: int, totals: Iterable[int]
) -> None:
    def published() -> Iterator[tuple[Seen, frozenset[int], Sequence[int]]]:
        for total in totals:
            for counts in splits_of(total, rows):
                hidden = rows_together(counts)
                yield (total, *(None if place in hidden else counts[place] for place in range(rows))), hidden, counts

    assert closest(published()) >= LARGEST_HIDDEN


@cache
def said_of(yes: int, count: int) -> Split:
    """Return what is said of an answer over the whole period."""
    whole = numbers_from([slip(secured=place < yes) for place in range(count)], languages=("ar",))
    return whole.splits[Question.SECURED]


@pytest.mark.parametrize("counts", [(12, 40), (12, 15, 30), (11, 11, 11), (13, 26, 27), (11, 12, 13, 14)])
def test_whoever_knows_the_rules_cannot_bound_a_hidden_answer_closer_than_the_threshold(
    counts: tuple[int, ...],
) -> None:
    def published() -> Iterator[tuple[Seen, frozenset[int], Sequence[int]]]:
        for yes in product(*(range(count + 1) for count in counts)):
            hidden = splits_hidden(yes, counts)
            whole = said_of(sum(yes), sum(counts))
            yield (whole, *(None if place in hidden else yes[place] for place in range(len(counts)))), hidden, yes

    assert closest(published()) >= LARGEST_HIDDEN


def test_no_row_of_ten_or_fewer_is_ever_shown() -> None:
    shown = defaultdict(set)
    for counts in splits_of(40, 3):
        for place in {0, 1, 2} - rows_together(counts):
            shown[place].add(counts[place])

    assert min(min(each) for each in shown.values()) == LARGEST_HIDDEN + 1


def test_one_small_row_takes_the_next_smallest_with_it() -> None:
    assert rows_together([120, 3, 80, 14, 50]) == {1, 3}


def test_rows_that_all_nearly_reach_the_threshold_take_a_large_one_with_them() -> None:
    assert rows_together([10, 10, 10, 10, 10, 10, 20, 400]) == {0, 1, 2, 3, 4, 5, 6}


def test_where_every_row_is_large_nothing_is_hidden() -> None:
    assert rows_together([11, 12, 300]) == frozenset()


def test_a_row_alone_is_the_sum_and_is_shown() -> None:
    assert rows_together([12]) == frozenset()


def test_whoever_knows_the_rules_cannot_bound_a_hidden_sum_closer_than_the_threshold() -> None:
    def published() -> Iterator[tuple[Seen, frozenset[int], Sequence[int]]]:
        for count in range(11, 45):
            for yes in range(count + 1):
                said = said_of(yes, count)
                yield (count, said), frozenset({0} if said.yes is None else ()), (yes,)

    assert closest(published()) >= LARGEST_HIDDEN
