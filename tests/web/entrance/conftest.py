"""A founded programme and browsers to stand at its door."""

from pathlib import Path

import pytest
from django.test import Client

from safeconduct.accounts import patience
from tests.programme import Programme, found


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return found()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "REFUSAL_SECONDS", 0.0)


@pytest.fixture
def browser() -> Client:
    return Client()
