"""What a provider publishes about itself: where its addresses are, and the keys that it signs with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from safeconduct.connectors.outside import Limits, NoAnswer, Outside, checked_base
from safeconduct.kernel.errors import Refused, Unavailable

LIMITS = Limits(connect_seconds=4, total_seconds=8, size_bytes=500_000)
WELL_KNOWN = "/.well-known/openid-configuration"
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OK = 200


@dataclass(frozen=True)
class Configuration:
    """Where a provider does what, as its own document says."""

    authorization: str
    token: str
    keys: str
    posts_secret: bool  # in the form, because it takes none in the header


@dataclass(frozen=True)
class Reader:
    """Asks one provider's addresses, each through the client for addresses that an operator typed."""

    allow_private: bool = False

    def configuration(self, issuer: str) -> Configuration:
        """Read where things are. Raises ``Refused`` where the document is another issuer's, or leads astray."""
        said = self.asked("GET", issuer.rstrip("/") + WELL_KNOWN)
        if said.get("issuer") != issuer:
            sentence = "The provider calls itself by another issuer. Copy the issuer exactly, its last slash included."
            raise Refused("provider.issuer", sentence)
        methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        authorization, token, keys = (self._checked(said.get(each)) for each in ADDRESSES)
        return Configuration(authorization, token, keys, posts_secret="client_secret_basic" not in methods)

    def key_set(self, configuration: Configuration) -> list[Mapping[str, Any]]:
        """Return the public keys that the provider signs with."""
        keys = self.asked("GET", configuration.keys).get("keys")
        return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []

    def asked(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Return what an address answers, or raise ``Unavailable``; a provider's refusal is empty."""
        base, path = _split(address)
        with Outside(base, allow_private=self.allow_private, limits=LIMITS) as outside:
            answer = outside.send(outside.request(path, body, method=method, headers=headers))
        if body is None and answer.status_code != OK:
            raise Unavailable("provider.silent", f"The provider answered with {answer.status_code}. Check its issuer.")
        return _object(answer.body) if answer.status_code == OK else {}

    def _checked(self, address: object) -> str:
        if not isinstance(address, str):
            raise Refused("provider.incomplete", "The provider's document lacks an address. Ask whoever runs it.")
        checked_base(_split(address)[0], allow_private=self.allow_private)
        return address


def _split(address: str) -> tuple[str, str]:
    """Return the server and the rest, letter for letter: to some servers a last slash makes another address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}", parts.path + (f"?{parts.query}" if parts.query else "")


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError as fault:
        raise NoAnswer("provider.nonsense", "The provider's answer is not readable. Ask whoever runs it.") from fault
    return said if isinstance(said, dict) else {}
