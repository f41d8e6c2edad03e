"""What every way to a platform answers to, whoever wrote it."""

from typing import Protocol, runtime_checkable

from safeconduct.connectors.port.acts import ActKind
from safeconduct.connectors.port.capabilities import Capabilities
from safeconduct.connectors.port.orders import ActOrder, ActRecord, Cost
from safeconduct.connectors.port.seen import AccountState, Snapshot


@runtime_checkable
class Connector(Protocol):
    """A way to one platform.

    ``account``, ``cost``, ``snapshot`` and ``capabilities`` raise ``Unavailable`` when the platform does not answer
    well. ``perform`` and ``undo`` never do: their record says what is known and what is not.
    """

    @property
    def platform(self) -> str:
        """Return the platform's short id, as reports name it: ``juniper-square``."""

    @property
    def name(self) -> str:
        """Return the platform's name, as people read it: ``Juniper Square``."""

    @property
    def simulated(self) -> bool:
        """Tell whether everything on this platform is invented. A demonstration takes no other."""

    def capabilities(self) -> Capabilities:
        """Ask the platform what it can do."""

    def account(self, handle: str) -> AccountState:
        """Read an account's state from the platform."""

    def cost(self, act: ActKind, handle: str) -> Cost:
        """Say what an act would cost the account's owner, and change nothing."""

    def snapshot(self, handle: str) -> Snapshot:
        """Take a copy of what the platform shows, as evidence."""

    def perform(self, order: ActOrder) -> ActRecord:
        """Snapshot, act, read back, and tell the truth about it."""

    def undo(self, order: ActOrder) -> ActRecord:
        """Reverse the act that ``order`` names. ``order.key`` is a new key, for the undoing."""
