"""What the console's tests stand on: a programme with an open door, signed-in browsers, a platform in memory."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path, reverse
from PIL import Image

from safeconduct.connectors import registry
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.services import carrying
from safeconduct.vault import outbox
from safeconduct.vault.streams import SealedWriter
from safeconduct.vault.values import SealedFile
from tests.domains.cases.making import MadeCase, make_case, make_programme
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.programme import Programme
from tests.standing import _a_fresh_door

__all__ = ["_a_fresh_door"]

AMINAS = AccountNamed("juniper-square", THE_HANDLE, mine=True)
urlpatterns = [path("console/", include("safeconduct.web.console.urls"))]


@pytest.fixture(autouse=True)
def _only_the_console() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return make_programme()


@pytest.fixture
def browser(programme: Programme) -> Callable[[str], Client]:
    return programme.browser


@pytest.fixture
def ines(browser: Callable[[str], Client]) -> Client:
    return browser("ines")


@pytest.fixture
def idris(browser: Callable[[str], Client]) -> Client:
    return browser("idris")


@pytest.fixture
def new(programme: Programme) -> MadeCase:
    return make_case(programme, accounts=(AMINAS,))


@pytest.fixture
def taken(programme: Programme) -> MadeCase:
    """Give a case that Ines has taken: from then on Idris cannot open it."""
    return make_case(programme, stage=Stage.TRIAGE, accounts=(AMINAS,))


@pytest.fixture
def platform(db: None) -> Iterator[FakePlatform]:
    carrying._rests_until.clear()
    outbox.retire()
    outbox.keep_fresh()
    fake = FakePlatform()
    with registry.registered(fake):
        yield fake
    outbox.retire()


@pytest.fixture
def opened(programme: Programme) -> Callable[..., CaseView]:
    def look(made: MadeCase, by: str = "ines") -> CaseView:
        return queries.case_for(made.id, programme.desk(by))

    return look


def sealed_picture() -> SealedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(drawn, "JPEG")
    with SealedWriter(name="the door.jpg", kind="image/jpeg") as writer:
        writer.write(drawn.getvalue())
        return writer.finish()


def at(name: str, *names: object) -> str:
    return reverse(f"console:{name}", args=names)
