"""A founded programme with an open door, whose closed cases are heard as they are in use, and a clock that moves."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from safeconduct.accounts.values import NOBODY_EXCLUDED, Exclusions
from safeconduct.domains.cases import alike, door
from safeconduct.domains.cases.rules import Stage, Threat
from safeconduct.kernel import clock
from tests.domains.cases.making import make_case, make_programme
from tests.programme import Programme

Captured = Callable[..., AbstractContextManager[object]]
CloseCases = Callable[..., None]


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
        self.cookies: dict[str, str] = {}

    def __call__(self) -> datetime:
        return self.now

    def stand_on(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 9, 30, tzinfo=UTC)
        self.cookies.clear()  # nobody is still signed in then


@pytest.fixture
def time() -> Iterator[Clock]:
    standing = Clock()
    with clock.use(standing):
        yield standing


@pytest.fixture(autouse=True)
def _a_fresh_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.door, "_set", None)
    monkeypatch.setattr(alike, "groups", alike.Groups())


@pytest.fixture
def programme(db: None, data_folder: object, time: Clock) -> Programme:
    made = make_programme()
    time.cookies = made.cookies
    return made


@pytest.fixture
def close_cases(programme: Programme, django_capture_on_commit_callbacks: Captured) -> CloseCases:
    """Close cases as they are closed in use, each with its facts announced after commit."""

    def close(
        count: int = 1,
        *,
        country: str = "TR",
        language: str = "en",
        threat: Threat = Threat.T2,
        exclusions: Exclusions = NOBODY_EXCLUDED,
    ) -> None:
        for _ in range(count):
            with django_capture_on_commit_callbacks(execute=True):
                make_case(
                    programme,
                    stage=Stage.CLOSED,
                    country=country,
                    language=language,
                    happened=(threat,),
                    exclusions=exclusions,
                )

    return close
