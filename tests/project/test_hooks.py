"""Where platforms knock: only those set up are heard, before any page, and no body is read for a stranger."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.incoming import Happening, Happenings
from safeconduct.connectors.synapse.admin import Homeserver
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.connectors.synapse.hearing import Hearing
from safeconduct.kernel import events
from safeconduct.project import hooks
from safeconduct.project.wsgi import application

pytestmark = pytest.mark.one_database
TOKEN = "the-token-that-the-homeserver-shows-us"
EVENT = {"event_id": "$1", "type": "m.room.message", "sender": "@troll:a", "content": {"body": "I know you."}}
TRANSACTION = "/hooks/matrix/_matrix/app/v1/transactions/1"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Happening]]:
    found: list[Happening] = []
    monkeypatch.setattr(events, "_listeners", {Happenings: [lambda told: found.extend(told.happenings)]})
    server = Homeserver("https://matrix.example", "unused")
    with registry.registered(SynapseConnector("matrix", "Matrix", server, hearing=Hearing(TOKEN))):
        yield found


def knocked(path: str, body: bytes, *, token: str = TOKEN, length: int | None = None) -> tuple[str, dict[str, str]]:
    answered: list[Any] = []
    environ = {
        "REQUEST_METHOD": "PUT",
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "wsgi.input": io.BytesIO(body),
    }
    list(application(environ, lambda status, headers: answered.extend((status, dict(headers)))))
    return answered[0], answered[1]


def test_what_a_platform_tells_reaches_who_subscribed(heard: list[Happening]) -> None:
    status, headers = knocked(TRANSACTION, json.dumps({"events": [EVENT]}).encode())

    assert status == "200 OK"
    assert "Set-Cookie" not in headers
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert [(one.account, one.content) for one in heard] == [("@troll:a", '{"body": "I know you."}')]


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        (TRANSACTION, "another", "403 Forbidden"),
        ("/hooks/nowhere/_matrix/app/v1/transactions/1", TOKEN, "404 Not Found"),
        ("/hooks/matrix/_matrix/app/v1/users/@a:b", TOKEN, "404 Not Found"),
        ("/hooks/", TOKEN, "404 Not Found"),
    ],
)
def test_whoever_else_knocks_is_heard_by_nobody(heard: list[Happening], path: str, token: str, status: str) -> None:
    answered, _ = knocked(path, json.dumps({"events": [EVENT]}).encode(), token=token)

    assert (answered, heard) == (status, [])


def test_more_than_fits_is_not_read(heard: list[Happening]) -> None:
    answered, _ = knocked(TRANSACTION, b"{}", length=hooks.LARGEST_BODY + 1)

    assert answered.startswith("413")
    assert heard == []
