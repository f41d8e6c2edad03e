"""A founded programme with an open door, a visitor at it, and a clock that a test can move."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from safeconduct.domains.cases import door
from safeconduct.kernel import clock
from tests.domains.cases.conftest import Clock
from tests.domains.cases.making import make_programme
from tests.programme import Programme
from tests.web.visitor import Visitor


@pytest.fixture
def programme(db: None, data_folder: object) -> Programme:
    return make_programme()


@pytest.fixture
def visitor(programme: Programme) -> Visitor:
    return Visitor()


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


@pytest.fixture(autouse=True)
def _only_the_portal(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.web.portal.addresses"
