"""Two partners, and a worker that is awake."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.vault import outbox
from tests.partnership import found_with_partners
from tests.programme import Programme


@pytest.fixture
def programme(db: None, data_folder: Path) -> Iterator[Programme]:
    outbox.retire()
    outbox.keep_fresh()
    yield found_with_partners()
    outbox.retire()
