"""What each helpdesk is sent, letter for letter: four things and nothing else. Changing this is changing a promise."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from safeconduct.connectors.helpdesks.asking import Line
from safeconduct.connectors.helpdesks.jira import Jira
from safeconduct.connectors.helpdesks.zammad import Zammad
from safeconduct.connectors.helpdesks.zendesk import Zendesk
from safeconduct.connectors.link_records import LinkRecord
from safeconduct.kernel.errors import Unavailable
from tests.connectors.listener import Listener, listening

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
ADDRESS = "https://reports.example/console/cases/5afec0de-0000-4000-8000-000000000009"
DUE = datetime(2026, 3, 2, 12, 15, tzinfo=UTC)
FILED = LinkRecord("K7M24QX", "P0", DUE, ADDRESS)
CLOSED = LinkRecord("K7M24QX", "P1", None, ADDRESS, closed=True)
FILED_TEXT = f"K7M24QX\nSeverity: P0\nClock: due 2026-03-02 12:15 UTC\n{ADDRESS}"
CLOSED_TEXT = f"K7M24QX\nSeverity: P1\nClock: closed\n{ADDRESS}"


@pytest.fixture
def desk() -> Iterator[Listener]:
    with listening() as running:
        yield running


def line(desk: Listener, known_by: str = "a-token") -> Line:
    return Line(desk.address, known_by, allow_private=True)


def sent(desk: Listener) -> list[tuple[str, str, object]]:
    return [(one.method, one.path, json.loads(one.body)) for one in desk.taken]


def test_zendesk_is_sent_exactly_this(desk: Listener) -> None:
    desk.body = b'{"ticket": {"id": 35436}}'
    zendesk = Zendesk(line(desk, "name@platform.example/token:secret"))

    zendesk.renew(zendesk.file(FILED), CLOSED)

    filed = {"priority": "urgent", "status": "open", "comment": {"body": FILED_TEXT, "public": False}}
    closed = {"priority": "high", "status": "solved", "comment": {"body": CLOSED_TEXT, "public": False}}
    assert sent(desk) == [
        ("POST", "/api/v2/tickets.json", {"ticket": {"subject": "K7M24QX", **filed}}),
        ("PUT", "/api/v2/tickets/35436.json", {"ticket": closed}),
    ]
    basic = base64.b64encode(b"name@platform.example/token:secret").decode()
    assert desk.taken[0].headers["authorization"] == f"Basic {basic}"


def test_zammad_is_sent_exactly_this(desk: Listener) -> None:
    desk.body = b'{"id": 17}'
    zammad = Zammad(line(desk), "Safety", "nobody@platform.example")

    zammad.renew(zammad.file(FILED), CLOSED)

    note = {"subject": "K7M24QX", "type": "note", "internal": True}
    filed = {"priority": "3 high", "state": "open", "article": {**note, "body": FILED_TEXT}}
    made = {"title": "K7M24QX", "group": "Safety", "customer": "nobody@platform.example", **filed}
    closed = {"priority": "3 high", "state": "closed", "article": {**note, "body": CLOSED_TEXT}}
    assert sent(desk) == [("POST", "/api/v1/tickets", made), ("PUT", "/api/v1/tickets/17", closed)]
    assert desk.taken[0].headers["authorization"] == "Token token=a-token"


def test_jira_is_sent_exactly_this(desk: Listener) -> None:
    desk.body = b'{"id": "10000", "key": "SAFE-24"}'
    jira = Jira(line(desk), "SAFE")

    jira.renew(jira.file(FILED), CLOSED)

    filed = {"summary": "K7M24QX P0 due 2026-03-02 12:15 UTC", "description": FILED_TEXT}
    kind = {"project": {"key": "SAFE"}, "issuetype": {"name": "Task"}}
    closed = {"summary": "K7M24QX P1 closed", "description": CLOSED_TEXT}
    assert sent(desk) == [
        ("POST", "/rest/api/2/issue", {"fields": kind | filed}),
        ("PUT", "/rest/api/2/issue/SAFE-24", {"fields": closed}),
    ]
    assert desk.taken[0].headers["authorization"] == "Bearer a-token"


@pytest.mark.parametrize(
    ("status", "body"), [(500, b""), (401, b"{}"), (302, b""), (201, b""), (201, b'{"key": "../x"}')]
)
def test_a_record_that_was_not_taken_or_not_named_is_told(desk: Listener, status: int, body: bytes) -> None:
    desk.status, desk.body = status, body

    with pytest.raises(Unavailable):
        Jira(line(desk), "SAFE").file(FILED)


def test_a_private_address_needs_to_be_allowed(desk: Listener) -> None:
    with pytest.raises(Unavailable, match="https://"):
        Jira(Line(desk.address, "a-token"), "SAFE").file(FILED)

    assert desk.taken == []
