"""A bell says that something is waiting, and nothing else. The other end is a server of ours on loopback."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from http_message_signatures import HTTPMessageVerifier
from http_message_signatures.algorithms import ED25519

from safeconduct.domains.partners import queries, services
from safeconduct.domains.partners.models import Bell
from safeconduct.domains.partners.services import bells
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import outbox
from tests.cast import PARTNER_NAME
from tests.partnership import LANTERN
from tests.programme import PARTNER_ID, Programme

pytestmark = pytest.mark.loopback


@dataclass
class Listener:
    """Somebody's server: what it heard, and what it answers."""

    address: str = ""
    status: int = 204
    heard: list[httpx.Request] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listening.heard.append(httpx.Request("POST", listening.address, headers=dict(self.headers), content=body))
            self.send_response(listening.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Ear)
    listening.address = f"http://127.0.0.1:{server.server_port}/bell"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield listening
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def hooked(programme: Programme, listener: Listener) -> Programme:
    services.set_hook(listener.address, by=programme.desk("tomas"))
    return programme


@pytest.mark.usefixtures("hooked")
def test_a_bell_says_only_that_something_is_waiting(listener: Listener) -> None:
    services.ring_bell(PARTNER_NAME)

    assert services.deliver_bells() == 1

    (heard,) = listener.heard
    said = json.loads(heard.content)
    assert set(said) == {"event", "id", "at"}
    assert said["event"] == "something-waiting"
    assert datetime.fromisoformat(said["at"]).second == 0
    assert not Bell.objects.exists()


@pytest.mark.usefixtures("hooked")
def test_a_bell_is_signed_with_the_key_that_the_partner_was_given(listener: Listener) -> None:
    services.ring_bell(PARTNER_NAME)
    services.deliver_bells()

    class TheirCopy:
        def resolve_public_key(self, key_id: str) -> object:
            assert key_id == bells.HOOK_KEY_ID
            return load_pem_public_key(services.verify_key_pem().encode())

    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=TheirCopy())  # type: ignore[arg-type] # a resolver of public keys only
    (verified,) = verifier.verify(listener.heard[0], body=listener.heard[0].content)
    assert verified.label == "safeconduct"


@pytest.mark.usefixtures("hooked")
def test_many_bells_are_one(listener: Listener) -> None:
    for _ in range(5):
        services.ring_bell(PARTNER_NAME)

    services.deliver_bells()

    assert len(listener.heard) == 1
    assert not Bell.objects.exists()


@pytest.mark.usefixtures("hooked")
def test_a_bell_that_was_not_heard_rings_again_later(listener: Listener) -> None:
    listener.status = 500
    services.ring_bell(PARTNER_NAME)
    assert services.deliver_bells() == 0
    listener.status = 204
    assert services.deliver_bells() == 0
    later = clock.now() + timedelta(minutes=1, seconds=1)

    with clock.use(lambda: later):
        assert services.deliver_bells() == 1

    assert len(listener.heard) == 2


@pytest.mark.usefixtures("hooked")
def test_bells_that_wait_hold_up_no_other(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bells, "ORGANISATIONS_A_ROUND", 1)
    listener.status = 500
    services.ring_bell(PARTNER_NAME)
    services.deliver_bells()
    listener.status = 204
    services.ring_bell(PARTNER_NAME)

    assert services.deliver_bells() == 1

    assert Bell.objects.count() == 1


@pytest.mark.usefixtures("hooked")
def test_a_bell_that_is_never_heard_falls_silent_within_a_day(listener: Listener) -> None:
    listener.status = 302
    services.ring_bell(PARTNER_NAME)
    now = clock.now()
    for minutes in range(0, 24 * 60, 10):
        moment = now + timedelta(minutes=minutes)
        with clock.use(lambda moment=moment: moment):
            outbox.keep_fresh()
            services.deliver_bells()

    assert len(listener.heard) == len(bells.BELL_WAITS) + 1
    assert not Bell.objects.exists()


@pytest.mark.usefixtures("hooked")
def test_a_waiting_bell_names_nobody_in_the_database() -> None:
    services.ring_bell(PARTNER_NAME)

    row = Bell.objects.values_list().get()
    assert PARTNER_ID.bytes not in bytes(row[2])
    assert str(PARTNER_ID) not in str(row)


@pytest.mark.usefixtures("hooked")
def test_a_bell_of_a_process_that_is_gone_is_dropped(listener: Listener) -> None:
    services.ring_bell(PARTNER_NAME)
    outbox.retire()
    outbox.keep_fresh()

    assert services.deliver_bells() == 0

    assert not Bell.objects.exists()
    assert not listener.heard


def test_nobody_is_rung_who_did_not_ask(hooked: Programme, listener: Listener) -> None:
    assert not services.ring_bell(LANTERN)
    assert not services.ring_bell("No such organisation")
    services.unset_hook(by=hooked.desk("tomas"))
    assert not services.ring_bell(PARTNER_NAME)

    services.deliver_bells()

    assert not listener.heard


@pytest.mark.usefixtures("hooked")
def test_a_bell_never_stands_in_the_way_of_an_answer() -> None:
    outbox.retire()

    assert not services.ring_bell(PARTNER_NAME)


def test_a_suspended_partner_is_not_rung(hooked: Programme) -> None:
    services.suspend(PARTNER_ID, by=hooked.desk("leyla"))

    assert not services.ring_bell(PARTNER_NAME)


def test_a_hook_is_a_web_address(programme: Programme) -> None:
    for wrong in ("", "ftp://x.example", "https://a:b@x.example/", "javascript:alert(1)", "https://x.example/?q=1"):
        with pytest.raises(Refused):
            services.set_hook(wrong, by=programme.desk("tomas"))


def test_a_hook_is_seen_by_its_own_members_only(hooked: Programme, listener: Listener) -> None:
    assert queries.hook_for(hooked.desk("tomas")) == listener.address
    assert queries.hook_for(hooked.desk("victor")) == ""
    with pytest.raises(NotAllowed):
        queries.hook_for(hooked.desk("ines"))
