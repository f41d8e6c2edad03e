"""Partners' programs calling HTTP v1, as strangers' software does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from safeconduct.domains.partners import services as partners
from safeconduct.kernel.slate import slate
from safeconduct.vault import outbox
from tests.domains.cases.making import open_door
from tests.partnership import found_with_partners
from tests.programme import Programme

REPORT = {
    "reference": "HH-2041",
    "happened": ["T5", "T8"],
    "text": "Somebody published where she lives and is in her account.",
    "danger": "today",
    "accounts": [
        {"platform": "juniper-square", "handle": "amina.writes"},
        {"platform": "juniper-square", "handle": "amina.archive"},
        {"platform": "juniper-square", "handle": "angry.crowd", "mine": False},
    ],
    "wants": ["secure"],
    "language": "ar",
}


@dataclass
class Program:
    """One program with its token."""

    token: str

    def get(self, path: str, **query: str) -> Any:
        return Client().get(f"/api/v1/{path}", query, headers=self.headers())

    def post(self, path: str, body: object, *, key: str = "k-1") -> Any:
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        headers = self.headers() | ({"Idempotency-Key": key} if key else {})
        return Client().post(f"/api/v1/{path}", content, content_type="application/json", headers=headers)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def file(self, *, key: str = "k-1", **changes: object) -> Any:
        return self.post("reports", REPORT | changes, key=key)


@pytest.fixture
def programme(db: None, data_folder: Path) -> Iterator[Programme]:
    slate.wipe()
    outbox.retire()
    outbox.keep_fresh()
    founded = found_with_partners()
    open_door(founded, "partners")
    yield founded
    outbox.retire()


@pytest.fixture
def harbour(programme: Programme) -> Program:
    return Program(partners.make_token("case system", by=programme.desk("tomas")).text)


@pytest.fixture
def lantern(programme: Programme) -> Program:
    return Program(partners.make_token("case system", by=programme.desk("victor")).text)


@pytest.fixture
def nobody() -> Program:
    return Program("")
