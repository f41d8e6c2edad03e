"""A founded programme with an open door, a visitor at it, a platform in memory, and a clock that a test can move."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from safeconduct.connectors import registry
from safeconduct.domains.cases import alike, door
from safeconduct.kernel import clock
from safeconduct.vault import outbox
from safeconduct.web import room
from tests.domains.cases.conftest import Clock
from tests.domains.cases.making import make_programme
from tests.domains.safety.platform import FakePlatform
from tests.programme import Programme
from tests.web.visitor import Visitor


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return make_programme()


@pytest.fixture
def visitor(programme: Programme) -> Visitor:
    return Visitor()


@pytest.fixture
def platform(programme: Programme) -> Iterator[FakePlatform]:
    outbox.retire()
    outbox.keep_fresh()
    fake = FakePlatform()
    with registry.registered(fake):
        yield fake
    outbox.retire()


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
    monkeypatch.setattr(room, "unsent", room.Unsent())


@pytest.fixture(autouse=True)
def _only_the_portal(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.web.portal.addresses"
