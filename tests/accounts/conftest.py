"""A founded programme, in a data folder of its own."""

from pathlib import Path

import pytest

from safeconduct.accounts import patience
from tests.programme import Programme, found


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return found()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "REFUSAL_SECONDS", 0.0)
