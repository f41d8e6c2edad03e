"""Which network addresses an operator-entered name may lead to. The rule is pure; only ``resolve`` asks the network."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from enum import StrEnum

from safeconduct.kernel.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

# What "allow private" opens, and no more: link-local stays shut, because cloud machines hand out their keys there.
PRIVATE_NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Reach(StrEnum):
    """How far a connection may go. Plain HTTP is ``PRIVATE``: content never crosses the open network unencrypted."""

    PUBLIC = "public"
    PUBLIC_OR_PRIVATE = "public-or-private"
    PRIVATE = "private"


def check_addresses(found: list[str], reach: Reach) -> str:
    """Return the address to connect to. One forbidden address among many refuses them all."""
    if not found or not all(_permitted(ipaddress.ip_address(text), reach) for text in found):
        sentence = (
            "This address leads into a private network or nowhere. Check it, or allow private addresses for this "
            "connection if the platform runs inside your own network."
        )
        raise Refused("outside.address", sentence)
    return found[0]


def resolve(host: str, port: int) -> list[str]:
    """Ask the system which addresses a name has, in the order it prefers them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _permitted(address: Address, reach: Reach) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id:
        # A zone names one of this machine's own cables, whatever else the address says.
        return False
    public, private = reach is not Reach.PRIVATE, reach is not Reach.PUBLIC
    return all((public and _public(part)) or (private and _private(part)) for part in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """Yield the IPv4 address hidden in an IPv6 one, because that is where the packet arrives; otherwise itself."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    hidden = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        hidden.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    found = [part for part in hidden if part is not None]
    yield from found or [address]


def _public(address: Address) -> bool:
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or site_local)


def _private(address: Address) -> bool:
    return any(address in network for network in PRIVATE_NETWORKS)
