"""Fixtures of rooms with a door: a clock that stands until it is moved, and nobody at the door yet."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.kernel import clock
from safeconduct.kernel.slate import slate
from safeconduct.web import room

AFTERNOON = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = AFTERNOON) -> None:
        self.now = now

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
    slate.wipe()
    monkeypatch.setattr(room, "unsent", room.Unsent())
