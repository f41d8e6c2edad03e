"""What a homeserver tells by itself arrives once, only with the right token, and only where it was set up."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.incoming import Happening, Happenings, Hears, Knock, Reply
from safeconduct.connectors.port import Capability
from safeconduct.connectors.synapse import registration
from safeconduct.connectors.synapse.admin import Homeserver as Reached
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.connectors.synapse.hearing import Hearing
from safeconduct.kernel import events
from safeconduct.project import hooks
from tests.synapse.homeserver import NAME, Homeserver, installed, running
from tests.synapse.matrix import CLIENT, PASSWORD

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
TOKEN = "the-token-that-the-homeserver-shows-us"
EVENTS = json.dumps({"events": [{"event_id": "$1", "type": "m.room.message", "sender": "@troll:a", "content": {}}]})
LOGIN = json.dumps({"user_id": "@amina:a", "device_id": "D", "request_info": [["A phone", "203.0.113.7"]]})
TRANSACTION = "/_matrix/app/v1/transactions/7"


def connector(*, logins: bool = False) -> SynapseConnector:
    server = Reached("https://matrix.example", "unused")
    return SynapseConnector("matrix", "Matrix", server, hearing=Hearing(TOKEN, logins=logins))


def knocked(at: SynapseConnector, method: str, path: str, body: str, *, token: str = TOKEN) -> tuple[Reply, list]:
    told: list[Happenings] = []
    reply = at.hear(Knock(method, path, token, body.encode), told.append)
    return reply, [one for each in told for one in each.happenings]


def test_events_are_told_once_however_often_they_are_sent() -> None:
    hears = connector()

    first, again = (knocked(hears, "PUT", TRANSACTION, EVENTS) for _ in range(2))

    assert isinstance(hears, Hears)
    assert [one.account for one in first[1]] == ["@troll:a"]
    assert (again[0].status, again[1]) == (200, [])
    assert "@troll:a" not in repr(first[1])


def test_events_that_could_not_be_taken_are_asked_for_again() -> None:
    hears = connector()

    def falls(_told: Happenings) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        hears.hear(Knock("PUT", TRANSACTION, TOKEN, EVENTS.encode), falls)

    assert len(knocked(hears, "PUT", TRANSACTION, EVENTS)[1]) == 1


@pytest.mark.parametrize("stamp", [2**53 - 1, -(2**53), 10**400, "noon", None, True])
def test_an_event_with_an_absurd_time_stops_neither_itself_nor_those_after_it(stamp: object) -> None:
    absurd = {"event_id": "$0", "type": "m.room.message", "sender": "@far:a", "origin_server_ts": stamp}
    told = json.dumps({"events": [absurd, *json.loads(EVENTS)["events"]]})

    reply, happenings = knocked(connector(), "PUT", TRANSACTION, told)

    assert reply.status == 200
    assert [one.account for one in happenings] == ["@far:a", "@troll:a"]


def test_nobody_else_is_heard_and_their_words_are_not_even_read() -> None:
    def read() -> bytes:
        pytest.fail("The body was read before the token was known to be right.")

    reply = connector().hear(Knock("PUT", TRANSACTION, "another", read), lambda _: None)

    assert reply.status == 403


def test_log_ins_are_not_heard_unless_they_were_switched_on_and_never_held_up() -> None:
    off = knocked(connector(), "POST", "/check_login_for_spam", LOGIN)
    on = knocked(connector(logins=True), "POST", "/check_login_for_spam", LOGIN)

    assert (off[0].status, off[1]) == (200, [])
    assert on[0].status == 200
    assert [(one.kind, one.account, one.content) for one in on[1]] == [("login", "@amina:a", "A phone")]


def test_the_address_of_a_log_in_is_left_behind() -> None:
    [login] = knocked(connector(logins=True), "POST", "/check_login_for_spam", LOGIN)[1]

    assert "203.0.113.7" not in "".join(str(value) for value in vars(login).values())


@pytest.mark.parametrize("body", ["", "[]", "not JSON", '{"events": 3}'])
def test_nonsense_is_answered_and_tells_nothing(body: str) -> None:
    reply, told = knocked(connector(), "PUT", TRANSACTION, body)

    assert (reply.status, told) == (400, [])


def test_without_a_token_file_nothing_is_heard_or_offered() -> None:
    silent = SynapseConnector("matrix", "Matrix", Reached("https://matrix.example", "unused"))

    assert knocked(silent, "PUT", TRANSACTION, EVENTS)[0].status == 404


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listening() -> Iterator[str]:
    """Serve what platforms knock at, and give its address."""
    server = make_server("127.0.0.1", 0, hooks.application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/matrix"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def registered(listening: str, tmp_path: Path) -> Iterator[Homeserver]:
    """Run a homeserver that was given our registration file."""
    file = tmp_path / "safeconduct.yaml"
    file.write_text(
        registration.appservice(
            platform="matrix", address=listening, server_name=NAME, our_token="ours", their_token=TOKEN
        )
    )
    with running(installed(), tmp_path / "homeserver", app_service_config_files=[str(file)]) as server:
        yield server


@pytest.mark.synapse
def test_a_real_homeserver_with_our_registration_tells_us_what_is_written(
    registered: Homeserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Happening] = []
    monkeypatch.setattr(events, "_listeners", {Happenings: [lambda told: heard.extend(told.happenings)]})
    amina = registered.register("amina", PASSWORD)
    administrator = registered.register("trust-and-safety", PASSWORD, admin=True)
    reached = Reached(registered.address, administrator.token, allow_private=True)
    hears = SynapseConnector("matrix", "Platform Test", reached, hearing=Hearing(TOKEN))

    with registry.registered(hears):
        room = registered.ask("POST", f"{CLIENT}/createRoom", amina.token, {"preset": "public_chat"}).json()["room_id"]
        body = {"msgtype": "m.text", "body": "I am here."}
        registered.ask("PUT", f"{CLIENT}/rooms/{room}/send/m.room.message/1", amina.token, body)
        ends = time.monotonic() + 120
        while not any("I am here." in one.content for one in heard) and time.monotonic() < ends:
            time.sleep(0.05)

    said = [one for one in heard if one.kind == "m.room.message"]
    assert [(one.account, one.place) for one in said] == [(amina.name, room)]
    assert Capability.EVENTS_SUBSCRIBE in hears.capabilities().offered
