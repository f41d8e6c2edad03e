"""A founded programme with an open door, a visitor at it, a platform in memory, and a clock that a test can move."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from safeconduct.connectors import registry
from safeconduct.vault import outbox
from tests.domains.cases.making import make_programme
from tests.domains.safety.platform import FakePlatform
from tests.programme import Programme
from tests.standing import _a_fresh_door, time
from tests.web.visitor import Visitor

__all__ = ["_a_fresh_door", "platform", "programme", "time", "visitor"]


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


@pytest.fixture(autouse=True)
def _only_the_portal(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.web.portal.addresses"
