"""Browsers of two partners' members, of staff, and of nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from safeconduct.connectors import registry
from safeconduct.vault import outbox
from tests.domains.cases.making import open_door
from tests.domains.safety.platform import FakePlatform
from tests.partnership import found_with_partners
from tests.programme import Programme


@pytest.fixture
def programme(db: None, data_folder: Path) -> Iterator[Programme]:
    outbox.retire()
    outbox.keep_fresh()
    founded = found_with_partners()
    open_door(founded, "partners")
    with registry.registered(FakePlatform()):
        yield founded
    outbox.retire()


@pytest.fixture
def browser(programme: Programme) -> Callable[[str], Client]:
    return programme.browser


@pytest.fixture
def tomas(browser: Callable[[str], Client]) -> Client:
    return browser("tomas")


@pytest.fixture
def victor(browser: Callable[[str], Client]) -> Client:
    return browser("victor")
