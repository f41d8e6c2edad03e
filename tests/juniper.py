"""Juniper Square, running on loopback for a test, and the way to it. For every test that acts on a platform."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from demoplatform import Fault, Keys, Square, Switch, make_app
from demoplatform.server import running
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.outside import Limits
from safeconduct.connectors.signatures import OurKey

PATIENCE, HURRY = Limits(connect_seconds=60, total_seconds=60), Limits(connect_seconds=60, total_seconds=1.5)
LATE_SECONDS = 2


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

    def misbehave(self, fault: Fault) -> None:
        """Let the platform fail in one way from now on. Only where it answers late are we in a hurry."""
        self.square.switch.fault, self.square.switch.late_seconds = fault, LATE_SECONDS
        self._wait_for(HURRY if fault in {Fault.SLOW, Fault.STALLED} else PATIENCE)

    def reset(self) -> None:
        """Let the platform be as at its start."""
        self.square.reset()
        self._wait_for(PATIENCE)

    def _wait_for(self, limits: Limits) -> None:
        # In its place: the same connector may stand in the registry.
        object.__setattr__(self.connector, "line", replace(self.line, limits=limits))


@contextmanager
def juniper_square(folder: Path) -> Iterator[Juniper]:
    """Run the platform inside the block; its start is the same each time."""
    ours, theirs = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    square = make_app(folder, Keys(ours.public_key(), theirs), switch=Switch())
    with running(square) as address:
        line = Line(
            base=f"{address}/safeconduct",
            our_key=OurKey("safeconduct-1", ours),
            their_keys={"platform-1": theirs.public_key()},
            allow_private=True,
            limits=PATIENCE,
        )
        yield Juniper(address, square, HttpConnector("juniper-square", "Juniper Square", line, simulated=True))
