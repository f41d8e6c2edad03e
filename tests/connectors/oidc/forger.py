"""An OpenID provider that says whatever a test wants: right tokens, forged ones, and documents that lead astray."""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from safeconduct.connectors.introductions import Journey
from safeconduct.connectors.oidc.provider import Client, OidcProvider

CLIENT = Client("", "safeconduct", "between-us")
KEY = generate_private_key(65537, 2048)
BACK = "http://testserver/sign-in/through/staff/back"
JOURNEY = Journey(BACK, state="the-state", nonce="the-nonce", verifier="the-verifier")


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def published(key: RSAPrivateKey) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    parts = {
        name: text(value.to_bytes(256, "big").lstrip(b"\0")) for name, value in (("n", numbers.n), ("e", numbers.e))
    }
    return {"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", **parts}


def signed(header: dict[str, Any], claims: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """Write a token by hand: a library would refuse to write most of what a forger writes."""
    body = ".".join(text(json.dumps(part).encode()) for part in (header, claims))
    return f"{body}.{text(sign(body.encode()))}"


@dataclass
class Forger:
    """Where it answers, what it says of itself, and what its token will be."""

    address: str = ""
    configuration: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [published(KEY)])
    status: int = 200
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    token: Callable[[], str | None] = lambda: None

    def claims(self, **changed: Any) -> dict[str, Any]:
        now = int(time.time())
        right = {"iss": self.address, "aud": "safeconduct", "sub": "ines-there", "nonce": JOURNEY.nonce}
        claims = right | {"iat": now, "exp": now + 300} | changed
        return {name: value for name, value in claims.items() if value is not None}

    def says(self, *, key: RSAPrivateKey = KEY, header: dict[str, Any] | None = None, **changed: Any) -> None:
        """Give out a token signed with a key, with some claims changed; None takes one away."""
        self.forges(
            {"alg": "RS256", "kid": "one"} | (header or {}), lambda raw: key.sign(raw, PKCS1v15(), SHA256()), **changed
        )

    def forges(self, header: dict[str, Any], sign: Callable[[bytes], bytes], **changed: Any) -> None:
        """Give out a token that is signed in some way of its own."""
        self.token = lambda: signed(header, self.claims(**changed), sign)

    def provider(self, **more: Any) -> OidcProvider:
        client = Client(self.address, CLIENT.client_id, more.pop("secret", CLIENT.secret))
        named = {"serves": frozenset({"staff"}), "allow_private": True} | more
        return OidcProvider("staff", "Juniper staff", client, **named)


def answer(**changed: str) -> dict[str, str]:
    return {"code": secrets.token_urlsafe(8), "state": JOURNEY.state} | changed


@contextmanager
def forging() -> Iterator[Forger]:
    """Answer on loopback inside the block, with right tokens until told otherwise."""
    forger = Forger()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(forger))
    server.daemon_threads = True
    forger.address = f"http://127.0.0.1:{server.server_port}"
    forger.configuration = {
        "issuer": forger.address,
        "authorization_endpoint": f"{forger.address}/authorize/",
        "token_endpoint": f"{forger.address}/token/",
        "jwks_uri": f"{forger.address}/keys",
    }
    forger.says()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield forger
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(forger: Forger) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = {"/.well-known/openid-configuration": forger.configuration, "/keys": {"keys": forger.keys}}
            self._say(found.get(urlsplit(self.path).path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            forger.asked.append(parse_qs(body))
            forger.heard.append({name.lower(): value for name, value in self.headers.items()})
            self._say({"token_type": "Bearer", "id_token": forger.token()} if self.path == "/token/" else None)

        def _say(self, said: object) -> None:
            body = json.dumps(said).encode()
            self.send_response(forger.status if said is not None else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Answering
