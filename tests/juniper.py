"""Juniper Square, running on loopback for a test, and the way to it. For every test that acts on a platform."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from demoplatform import Fault, Keys, Square, Switch, make_app
from demoplatform.server import running
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.outside import Limits
from safeconduct.connectors.signatures import OurKey


@dataclass(frozen=True)
class Juniper:
    """The running platform: its address, the application itself, and a connector to it."""

    address: str
    square: Square
    connector: HttpConnector

    @property
    def line(self) -> Line:
        """Return how the connector reaches it."""
        return self.connector.line

    def misbehave(self, fault: Fault, *, late_seconds: float = 1.4) -> None:
        """Let the platform fail in one way from now on."""
        self.square.switch.fault, self.square.switch.late_seconds = fault, late_seconds


@contextmanager
def juniper_square(folder: Path, *, patience_seconds: float = 2) -> Iterator[Juniper]:
    """Run the platform inside the block; its start is the same each time."""
    ours, theirs = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    square = make_app(folder, Keys(ours.public_key(), theirs), switch=Switch())
    with running(square) as address:
        line = Line(
            base=f"{address}/safeconduct",
            our_key=OurKey("safeconduct-1", ours),
            their_keys={"platform-1": theirs.public_key()},
            allow_private=True,
            limits=Limits(connect_seconds=patience_seconds, total_seconds=patience_seconds),
        )
        yield Juniper(address, square, HttpConnector("juniper-square", "Juniper Square", line, simulated=True))
