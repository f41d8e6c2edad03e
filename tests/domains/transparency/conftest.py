"""A founded programme with an open door, whose closed cases are heard as they are in use, and a clock that moves."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from safeconduct.accounts.values import NOBODY_EXCLUDED, Exclusions
from safeconduct.domains.cases.rules import Stage, Threat
from safeconduct.kernel import clock
from tests.domains.cases.making import make_case, make_programme
from tests.programme import Programme
from tests.standing import Clock, _a_fresh_door

Captured = Callable[..., AbstractContextManager[object]]
CloseCases = Callable[..., None]

__all__ = ["Calendar", "CloseCases", "_a_fresh_door", "close_cases", "programme", "time"]


class Calendar(Clock):
    """A clock that stands until it is set to another day."""

    def __init__(self) -> None:
        super().__init__(datetime(2026, 10, 6, 9, 30, tzinfo=UTC))
        self.cookies: dict[str, str] = {}

    def stand_on(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 9, 30, tzinfo=UTC)
        self.cookies.clear()  # nobody is still signed in then


@pytest.fixture
def time() -> Iterator[Calendar]:
    standing = Calendar()
    with clock.use(standing):
        yield standing


@pytest.fixture
def programme(db: None, data_folder: object, time: Calendar) -> Programme:
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
