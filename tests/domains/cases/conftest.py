"""A founded programme for each test, and a clock that a test can move."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.domains.cases import alike, door
from safeconduct.kernel import clock
from tests.domains.cases.making import make_programme
from tests.programme import Programme


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> datetime:
        self.now += by
        return self.now


@pytest.fixture
def time() -> Iterator[Clock]:
    standing = Clock()
    with clock.use(standing):
        yield standing


@pytest.fixture(autouse=True)
def _a_fresh_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.door, "_set", None)
    door.door._arrivals.clear()
    door.door._counts.clear()
    monkeypatch.setattr(alike, "groups", alike.Groups())


@pytest.fixture
def programme(db: None, data_folder: object) -> Programme:
    return make_programme()
