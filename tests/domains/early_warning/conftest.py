"""A programme with an early-warning team, and an index that sleeps until a test wakes it."""

from collections.abc import Iterator

import pytest

from safeconduct.domains.early_warning import memory
from tests.domains.cases.making import open_door
from tests.domains.early_warning.making import found_with_index
from tests.programme import Programme
from tests.standing import _a_fresh_door, time

__all__ = ["_a_fresh_door", "_asleep", "programme", "time"]


@pytest.fixture(autouse=True)
def _asleep() -> Iterator[None]:
    memory.forget()
    yield
    memory.forget()


@pytest.fixture
def programme(db: None, data_folder: object) -> Programme:
    made = found_with_index()
    open_door(made)
    return made
