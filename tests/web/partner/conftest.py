"""Browsers of two partners' members, of staff, and of nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from safeconduct.connectors import registry
from safeconduct.vault import outbox
from safeconduct.web.sessions import DESK_COOKIE
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
    def signed_in(name: str) -> Client:
        client = Client()
        client.cookies[DESK_COOKIE] = programme.cookie(name)
        return client

    return signed_in


@pytest.fixture
def tomas(browser: Callable[[str], Client]) -> Client:
    return browser("tomas")


@pytest.fixture
def victor(browser: Callable[[str], Client]) -> Client:
    return browser("victor")
