"""What waits is done row by row: one that does not open stops neither the others nor the door."""

from uuid import UUID

import pytest

from safeconduct.accounts import following
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id

pytestmark = pytest.mark.one_database


@pytest.fixture
def rows() -> list[UUID]:
    return [new_id() for _ in range(4)]


def test_a_row_that_does_not_open_is_passed_over(rows: list[UUID]) -> None:
    def change(row: UUID) -> int:
        if row == rows[0]:
            raise NotAllowed
        return 1

    assert following.one_by_one("room", rows, change) == 3


def test_what_was_passed_over_takes_no_place_in_the_batch(rows: list[UUID]) -> None:
    tried: list[UUID] = []

    def change(row: UUID) -> int:
        tried.append(row)
        return int(row not in rows[:2])

    assert following.one_by_one("room", rows, change, at_most=1) == 1
    assert tried == rows[:3]


@pytest.mark.parametrize("fault", [NotAllowed(), ValueError("A generation is missing.")])
def test_a_step_that_fails_leaves_the_door_open(fault: Exception) -> None:
    def step() -> int:
        raise fault

    assert following.attempted("room", step) == 0
