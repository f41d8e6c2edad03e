"""The client for addresses that an operator typed: where it goes, where it never goes, and when it gives up."""

import ipaddress
import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.connectors.addresses import Reach, check_addresses
from safeconduct.connectors.outside import Limits, NoAnswer, NotReached, Outside, checked_base
from safeconduct.kernel.errors import Refused
from tests.connectors.listener import Listener, listening

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as running:
        yield running


def ask(base: str, **more: object) -> bytes:
    with Outside(base, **{"allow_private": True, "limits": Limits(1, 1, 1000), **more}) as outside:
        return outside.send(outside.request("v1/x", b"{}")).body


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.4.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104 - refused
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
        "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::",
    ],
)  # fmt: skip
def test_an_address_inside_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        check_addresses([address], Reach.PUBLIC)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_taken(address: str) -> None:
    assert check_addresses([address], Reach.PUBLIC) == address


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254"])  # noqa: S104 - refused
def test_link_local_addresses_stay_shut_even_when_private_ones_are_allowed(address: str) -> None:
    with pytest.raises(Refused):
        check_addresses([address], Reach.PUBLIC_OR_PRIVATE)


def test_one_inner_address_among_public_ones_refuses_them_all() -> None:
    with pytest.raises(Refused):
        check_addresses(["93.184.215.14", "10.0.0.8"], Reach.PUBLIC)


def test_plain_http_reaches_nothing_public() -> None:
    with pytest.raises(Refused):
        ask("http://platform.example", resolve=lambda *_: ["93.184.215.14"])


@settings(max_examples=150, deadline=None)
@given(st.ip_addresses())
def test_whatever_is_let_through_as_public_is_globally_routed(address: ipaddress.IPv4Address) -> None:
    try:
        taken = check_addresses([str(address)], Reach.PUBLIC)
    except Refused:
        return

    assert ipaddress.ip_address(taken).is_global
    assert not ipaddress.ip_address(taken).is_multicast


@pytest.mark.parametrize(
    "base",
    ["http://platform.example", "ftp://platform.example", "https://", "https://a:b@platform.example", "//x", "x",
     "https://platform.example/?a=b", "https://platform.example/#a", "https://[::1", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_not_a_plain_https_address_is_refused(base: str) -> None:
    with pytest.raises(Refused):
        checked_base(base, allow_private=False)


def test_a_name_is_resolved_once_and_its_address_pinned(listener: Listener) -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    port = listener.address.rpartition(":")[2]

    with Outside(f"http://platform.example:{port}", allow_private=True, resolve=lambda *_: next(answers)) as outside:
        for _ in range(3):
            outside.send(outside.request("v1/x", b"{}", headers={"Connection": "close"}))

    assert [taken.headers["host"] for taken in listener.taken] == [f"platform.example:{port}"] * 3


def test_a_redirect_is_not_followed(listener: Listener) -> None:
    listener.status, listener.headers = 302, {"Location": f"{listener.address}/elsewhere"}

    ask(listener.address)

    assert [taken.path for taken in listener.taken] == ["/v1/x"]


def test_a_cookie_is_not_brought_back(listener: Listener) -> None:
    listener.headers = {"Set-Cookie": "who=we"}

    with Outside(listener.address, allow_private=True) as outside:
        outside.send(outside.request("one", b"{}"))
        outside.send(outside.request("two", b"{}"))

    assert "cookie" not in listener.taken[1].headers


def test_too_large_an_answer_is_not_read(listener: Listener) -> None:
    listener.body = b"x" * 5000

    with pytest.raises(NoAnswer, match="larger"):
        ask(listener.address)


def test_nothing_is_asked_to_be_compressed(listener: Listener) -> None:
    ask(listener.address)

    assert listener.taken[0].headers["accept-encoding"] == "identity"


def endlessly(start: bytes) -> Callable[[Callable[[bytes], object]], None]:
    def write(send: Callable[[bytes], object]) -> None:
        send(start)
        while True:
            send(b"x")
            time.sleep(0.1)

    return write


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_an_answer_that_drips_for_ever_is_given_up(listener: Listener, start: bytes) -> None:
    listener.raw = endlessly(start)

    with pytest.raises(NoAnswer):
        ask(listener.address)


@pytest.mark.parametrize("text", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx"])
def test_a_broken_answer_may_have_been_acted_on(listener: Listener, text: bytes) -> None:
    listener.raw = lambda send: send(text) if text else None

    with pytest.raises(NoAnswer):
        ask(listener.address)


def test_a_closed_port_was_surely_not_reached() -> None:
    with pytest.raises(NotReached):
        ask("http://127.0.0.1:9")


def test_an_unknown_name_was_surely_not_reached() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError

    with pytest.raises(NotReached):
        ask("http://platform.example", resolve=unknown)


def test_a_name_server_that_does_not_answer_is_waited_for_no_longer_than_the_platform_itself() -> None:
    end = Event()

    def silent(*_: object) -> list[str]:
        end.wait(10)
        return []

    with pytest.raises(NotReached):
        ask("http://platform.example", resolve=silent, limits=Limits(0.2, 0.2, 1000))
    end.set()


def test_a_proxy_of_the_environment_is_not_used(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert ask(listener.address) == b"ok"
