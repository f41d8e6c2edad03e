"""A running platform for the tests of connectors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.juniper import Juniper, juniper_square


@pytest.fixture
def juniper(tmp_path: Path) -> Iterator[Juniper]:
    with juniper_square(tmp_path / "juniper") as running:
        yield running
