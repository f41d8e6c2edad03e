"""The cast with two benches and an open door, and a clock that stands."""

import pytest

from tests.domains.cases.making import open_door
from tests.programme import Programme, found_with_benches
from tests.standing import _a_fresh_door, time

__all__ = ["_a_fresh_door", "programme", "time"]


@pytest.fixture
def programme(db: None, data_folder: object, time: object) -> Programme:
    made = found_with_benches()
    open_door(made)
    return made
