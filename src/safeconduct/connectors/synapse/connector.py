"""The connector to a Synapse homeserver."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from safeconduct.connectors import performing, wording
from safeconduct.connectors.port import (
    UNDONE_BY,
    AccountState,
    ActKind,
    ActOrder,
    ActRecord,
    Capabilities,
    Cost,
    Snapshot,
)
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse.admin import Admin, Homeserver
from safeconduct.connectors.synapse.hands import SynapseHands
from safeconduct.kernel.errors import Refused, Unavailable

HISTORY = Sentence(_("Encrypted messages without a key backup can never be read again on these devices."))
KEPT_BEHIND_THE_LOCK = Sentence(_("Devices stay signed in behind the lock and work again once it is unlocked."))


@dataclass(frozen=True)
class SynapseConnector:
    """One homeserver. It has no way to end a lock by itself, and does not remember earlier locks."""

    platform: str
    name: str
    homeserver: Homeserver
    notices: bool = True
    simulated: bool = False
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    def capabilities(self) -> Capabilities:
        """Say what can be done with this token on this homeserver."""
        with self._hands() as hands:
            return hands.capabilities()

    def account(self, handle: str) -> AccountState:
        """Read an account's state from the homeserver."""
        with self._hands() as hands, _reading():
            return hands.account(handle)

    def snapshot(self, handle: str) -> Snapshot:
        """Take a copy of what the homeserver holds, as evidence."""
        with self._hands() as hands, _reading():
            return hands.snapshot(handle)

    def cost(self, act: ActKind, handle: str) -> Cost:
        """Say what an act would cost: on Matrix, ending sessions can cost the encrypted history."""
        with self._hands() as hands, _reading():
            offered, state = hands.capabilities(), hands.account(handle)
        if not offered.can(act):
            return Cost(act, possible=False, why_not=wording.CANNOT)
        if not state.exists:
            return Cost(act, possible=False, why_not=wording.UNKNOWN_ACCOUNT)
        particular = {ActKind.SESSIONS_REVOKE: (HISTORY,), ActKind.ACCOUNT_LOCK: (KEPT_BEHIND_THE_LOCK,)}
        return Cost(
            act,
            possible=True,
            lost=(*wording.lost_by(act, state), *particular.get(act, ())),
            seen=wording.seen_after(act),
            reversible=act in UNDONE_BY,
        )

    def perform(self, order: ActOrder) -> ActRecord:
        """Snapshot, act, read back, and tell the truth about it."""
        with self._hands() as hands:
            return performing.perform(hands, order, pause=self.pause)

    def undo(self, order: ActOrder) -> ActRecord:
        """Reverse the act that ``order`` names, under ``order.key``, which is a new key."""
        with self._hands() as hands:
            return performing.undo(hands, order, pause=self.pause)

    @contextmanager
    def _hands(self) -> Iterator[SynapseHands]:
        with self.homeserver.open() as outside:
            yield SynapseHands(self.platform, self.name, Admin(self.homeserver, outside), notices=self.notices)


@contextmanager
def _reading() -> Iterator[None]:
    """Treat a refusal to show as no answer: nothing was ordered, so nothing was refused."""
    try:
        yield
    except Refused as fault:
        raise Unavailable(fault.code, fault.sentence) from fault
