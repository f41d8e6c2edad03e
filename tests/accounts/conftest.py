"""A founded programme, in a data folder of its own."""

from pathlib import Path

import pytest

from tests.programme import Programme, found


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return found()
