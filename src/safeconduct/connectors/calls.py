"""What one platform's folder supplies. The order of work around it is the same for all platforms and kept apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from safeconduct.connectors.port import AccountState, ActOrder, Capabilities, Snapshot
from safeconduct.connectors.sentences import Sentence


@dataclass(frozen=True)
class Sent:
    """What the platform answered when it accepted an order."""

    reference: str = ""
    effective_at: datetime | None = None
    residual: tuple[Sentence, ...] = ()


class PlatformCalls(Protocol):
    """The calls one platform needs to be able to answer.

    ``send`` raises ``Refused`` when the platform says no, ``NotReached`` when nothing left this machine, and
    ``Unavailable`` when it is not known what happened.
    """

    @property
    def platform(self) -> str:
        """Return the platform's short id."""

    def capabilities(self) -> Capabilities:
        """Ask the platform what it can do."""

    def account(self, handle: str) -> AccountState:
        """Read an account's state."""

    def snapshot(self, handle: str, item: str = "") -> Snapshot:
        """Take a copy as evidence: of the account, and of the item that an act is about where there is one."""

    def send(self, order: ActOrder) -> Sent:
        """Send one order, or rehearse it when it is a dry run."""

    def shows(self, order: ActOrder, reference: str) -> bool | None:
        """Look at an item or a notice: whether it is as ordered, or ``None`` where that cannot be seen."""
