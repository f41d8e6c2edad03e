"""A name that means another machine at each question, and a server that points elsewhere: neither leads us inside."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from uuid import uuid4

import pytest

from safeconduct.cli import connect
from safeconduct.connectors.addresses import Reach, check_addresses
from safeconduct.connectors.helpdesks import asking as helpdesks
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.oidc.documents import WELL_KNOWN, Reader
from safeconduct.connectors.outside import NotReached, Outside
from safeconduct.connectors.synapse.admin import Admin, Homeserver
from safeconduct.domains.partners.models import Hook, Organisation
from safeconduct.domains.partners.services import bells
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, SafeconductError, Unavailable
from tests.connectors.listener import listening
from tests.faults.test_addresses import OUR_KEY, ROADS

pytestmark = pytest.mark.one_database

PUBLIC, INSIDE = "93.184.215.14", "127.0.0.1"

# What the system's own resolver makes of these is its business; each is asked about, and the answer judged.
NAMES = (
    "https://platform.example",
    "https://platform.example.",
    "https://localhost.",
    "https://127.0.0.1.",
    "https://xn--localhost-.example",
)
# Written so that whoever compares text sees no address of ours.
DISGUISED = (
    "https://017700000001",
    "https://0x7f.1",
    "https://127.0.1",
    "https://127。0。0。1",
    "https://[::127.0.0.1]",
    "https://[::ffff:0:127.0.0.1]",
    "https://[0:0:0:0:0:ffff:7f00:1]",
    "https://[64:ff9b:1::7f00:1]",
    "https://[2002:7f00:1::]",
    "https://[fe80::1%lo]",
    "https://[::1%lo]",
    "https://[::ffff:127.0.0.1%lo]",
    "https://[2606:2800:21f:cb07::1%lo]",
)


class Network:
    """The system's resolver and its sockets, at the lowest level that Python has: nothing leaves, all is noted."""

    def __init__(self) -> None:
        self.answers: Iterator[str] = iter(())
        self.asked: list[str] = []
        self.called: list[str] = []

    def getaddrinfo(self, host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        """Answer a number by itself, as every resolver does, and each question about a name by the next answer."""
        try:
            found = str(ipaddress.ip_address(host))
        except ValueError:
            self.asked.append(host)
            found = next(self.answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    def connect(self, address: tuple[str, int]) -> None:
        self.called.append(address[0])
        raise ConnectionRefusedError


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    made = Network()
    monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", made.connect)
    return made


def tried(road: Callable[[str], object], address: str) -> SafeconductError | None:
    try:
        road(address)
    except (Refused, Unavailable) as fault:
        return fault
    return None


@pytest.mark.loopback
@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("address", NAMES[:2])
def test_a_name_that_turns_inward_at_the_second_question_leads_nobody_inside(
    network: Network, road: str, address: str
) -> None:
    network.answers = iter([PUBLIC, INSIDE, INSIDE, PUBLIC, INSIDE])

    told = [tried(ROADS[road], address) for _ in range(4)]

    assert network.called == [PUBLIC, PUBLIC]
    assert len(network.asked) == 4
    assert all(told)


@pytest.mark.loopback
@pytest.mark.parametrize("road", ROADS)
def test_a_name_that_means_ourselves_is_never_called(network: Network, road: str) -> None:
    network.answers = repeat(INSIDE)

    told = {address: tried(ROADS[road], address) for address in NAMES}

    assert [each for each, fault in told.items() if fault is None or isinstance(fault, NotReached)] == []
    assert network.called == []


@pytest.mark.loopback
def test_one_client_asks_once_however_often_it_calls(network: Network) -> None:
    network.answers = iter([PUBLIC, INSIDE, INSIDE])

    with Outside("https://platform.example") as outside:
        for _ in range(3):
            with pytest.raises(NotReached):
                outside.send(outside.request("v1/x", b"{}"))

    assert (network.asked, network.called) == (["platform.example"], [PUBLIC] * 3)


@pytest.mark.parametrize("road", ROADS)
def test_no_disguise_of_an_inner_address_is_called(road: str) -> None:
    """The tests' sockets are closed: a line that was opened would be another fault than these."""
    told = {address: tried(ROADS[road], address) for address in DISGUISED}

    assert [each for each, fault in told.items() if fault is None or isinstance(fault, NotReached)] == []


@pytest.mark.parametrize("address", ["fe80::1%lo", "::1%lo", "2606:2800:21f:cb07::1%lo", "fd00::1%eth0"])
@pytest.mark.parametrize("reach", Reach)
def test_an_address_of_one_cable_alone_is_refused_however_far_we_may_go(address: str, reach: Reach) -> None:
    with pytest.raises(Refused):
        check_addresses([address], reach)


@pytest.mark.django_db
@pytest.mark.loopback
def test_a_partners_hook_that_turns_inward_is_not_called_there(
    network: Network, settings: object, data_folder: Path
) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined] # pytest-django's settings wrapper
    partner = Organisation.objects.create(id=uuid4(), name="Harbour Helpline", made_at=clock.this_minute())
    Hook.objects.create(organisation=partner, address=NAMES[0], made_at=clock.this_minute())
    network.answers = iter([PUBLIC, INSIDE])

    heard = [bells._ring(partner.pk) for _ in range(2)]

    assert (heard, network.called) == ([False, False], [PUBLIC])


def contract(address: str) -> None:
    HttpConnector("a-platform", "A platform", Line(address, OUR_KEY, {}, allow_private=True)).account("amina")


def homeserver(address: str) -> None:
    server = Homeserver(address, "token", allow_private=True)
    with server.open() as outside:
        Admin(server, outside, pause=lambda _seconds: None).call("GET", "_matrix/client/versions")


def provider(address: str) -> None:
    Reader(allow_private=True).asked("GET", f"{address}{WELL_KNOWN}")


def token_of_provider(address: str) -> None:
    if Reader(allow_private=True).asked("POST", f"{address}/token", b"code=x") == {}:
        raise Unavailable("provider.refused", "It said nothing.")


def helpdesk(address: str) -> None:
    helpdesks.Line(address, "secret", allow_private=True).ask("POST", "api/v1/tickets", {})


def set_up(address: str) -> None:
    connect._versions(address, allow_private=True)


@pytest.mark.loopback
@pytest.mark.parametrize("status", [302, 308])
@pytest.mark.parametrize("road", [contract, homeserver, provider, token_of_provider, helpdesk, set_up])
def test_a_redirect_into_the_operators_network_is_followed_by_nobody(road: Callable[[str], None], status: int) -> None:
    with listening() as inner, listening() as outer:
        outer.status, outer.headers = status, {"Location": f"{inner.address}/latest/meta-data"}

        told = tried(road, outer.address)

    assert told is not None
    assert (len(outer.taken), inner.taken) == (1, [])
