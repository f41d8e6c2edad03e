"""A founded programme for each test, and a clock that a test can move."""

import pytest

from tests.domains.cases.making import make_programme
from tests.programme import Programme
from tests.standing import _a_fresh_door, time

__all__ = ["_a_fresh_door", "programme", "time"]


@pytest.fixture
def programme(db: None, data_folder: object) -> Programme:
    return make_programme()
