"""Runs the simulated platform beside the service, and registers the way to it: signed HTTP and nothing else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from demoplatform import Keys, make_app
from demoplatform.server import running as serving_platform
from safeconduct.connectors import registry
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.signatures import OurKey
from safeconduct.project.demonstration import people, state
from safeconduct.project.demonstration.places import Places

SHORT_ID = "juniper-square"
OUR_KEY_ID, THEIR_KEY_ID = "safeconduct-1", "platform-1"


@contextmanager
def running(where: Places) -> Iterator[str]:
    """Serve the platform on a free port inside the block, connected, and give its address."""
    ours = signing_key(where.data / "keys" / "connector.pem")
    theirs = signing_key(where.platform / "signing.pem")
    _write(where.data / "keys" / f"{SHORT_ID}.pem", _public_pem(theirs))
    with serving_platform(make_app(where.platform, Keys(ours.public_key(), theirs))) as address:
        line = Line(
            base=f"{address}/safeconduct",
            our_key=OurKey(OUR_KEY_ID, ours),
            their_keys={THEIR_KEY_ID: theirs.public_key()},
            allow_private=True,
        )
        registry.register(HttpConnector(SHORT_ID, people.PLATFORM, line, simulated=True), demonstration=True)
        state.set_platform_address(address)
        yield address


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the Ed25519 key kept in ``path`` as PEM, making it if it is not there yet."""
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        _write(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    kept = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(kept, Ed25519PrivateKey):
        raise TypeError(path.name)
    return kept


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
