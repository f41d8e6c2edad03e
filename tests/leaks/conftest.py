"""One demonstration, on the database this run is about, in which a whole story was lived."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.databases import own_database
from tests.leaks.places import Places
from tests.leaks.planted import Secrets
from tests.leaks.story import Story
from tests.stories.served import demonstration


@dataclass(frozen=True)
class Lived:
    """The places where the story could have left something, while the service still runs; its secrets; what it sent."""

    places: Places
    secrets: Secrets
    sent: bytes


@pytest.fixture(scope="package")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("leaks")
    with own_database() as database, demonstration(folder, database=database.address) as served:
        story = Story(served)
        story.live()
        yield Lived(Places(served, database), story.secrets, b"\n".join(story.sent))
