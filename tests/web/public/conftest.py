"""A founded programme, a clock in October that moves to November, and a period published then."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from safeconduct.domains.transparency.views import Published
from safeconduct.kernel import clock
from tests.domains.transparency.making import count_a_month, publish
from tests.programme import Programme, found

OCTOBER, NOVEMBER = datetime(2026, 10, 6, 9, 30, tzinfo=UTC), datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def programme(db: None, data_folder: object) -> Programme:
    with clock.use(lambda: OCTOBER):
        made = found()
        count_a_month()
    made.cookies.clear()
    return made


@pytest.fixture
def november() -> Iterator[None]:
    with clock.use(lambda: NOVEMBER):
        yield


@pytest.fixture
def published(programme: Programme, november: None) -> Published:
    return publish(programme)
