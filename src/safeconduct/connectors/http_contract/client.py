"""The connector to any platform that implements the contract."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from safeconduct.connectors import performing, wording
from safeconduct.connectors.http_contract.calls import HttpCalls
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.port import (
    UNDONE_BY,
    AccountState,
    ActKind,
    ActOrder,
    ActRecord,
    Capabilities,
    Cost,
    ItemSeen,
    Snapshot,
    seen_handle,
)


@dataclass(frozen=True)
class HttpConnector:
    """One platform behind the signed HTTP contract.

    ``platform`` and ``name`` are what this programme calls it; what the platform calls itself is not believed.
    ``simulated`` is said by whoever sets it up, never by the other side.
    """

    platform: str
    name: str
    line: Line
    simulated: bool = False
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    def capabilities(self) -> Capabilities:
        """Ask the platform what it can do."""
        with self._calls() as calls:
            return replace(calls.capabilities(), name=self.name)

    def account(self, handle: str) -> AccountState:
        """Read an account's state from the platform."""
        with self._calls() as calls:
            return calls.account(plain(handle))

    def snapshot(self, handle: str) -> Snapshot:
        """Take a copy of what the platform shows, as evidence."""
        with self._calls() as calls:
            return calls.snapshot(plain(handle))

    def cost(self, act: ActKind, handle: str) -> Cost:
        """Say what an act would cost: the ordinary in our words, the platform's particulars in its own."""
        with self._calls() as calls:
            offered, state = calls.capabilities(), calls.account(plain(handle))
            if not offered.can(act):
                return Cost(act, possible=False, why_not=wording.CANNOT)
            if not state.exists:
                return Cost(act, possible=False, why_not=wording.UNKNOWN_ACCOUNT)
            told = calls.cost(act, plain(handle))
        return replace(
            told,
            lost=(*wording.lost_by(act, state), *told.lost),
            seen=(*wording.seen_after(act), *told.seen),
            reversible=offered.can(UNDONE_BY[act]) if act in UNDONE_BY else False,
            undo_days=offered.undo_days if act in UNDONE_BY else None,
        )

    def perform(self, order: ActOrder) -> ActRecord:
        """Snapshot, act, read back, and tell the truth about it."""
        with self._calls() as calls:
            return performing.perform(calls, replace(order, handle=plain(order.handle)), pause=self.pause)

    def undo(self, order: ActOrder) -> ActRecord:
        """Reverse the act that ``order`` names, under ``order.key``, which is a new key."""
        with self._calls() as calls:
            return performing.undo(calls, replace(order, handle=plain(order.handle)), pause=self.pause)

    def shows(self, order: ActOrder) -> bool | None:
        """Tell whether a post, device or place is as ordered now."""
        with self._calls() as calls:
            return calls.shows(replace(order, handle=plain(order.handle)), "")

    def whose(self, order: ActOrder) -> ItemSeen | None:
        """Tell who wrote a post or made a place, as the platform says beside what it shows of it."""
        with self._calls() as calls:
            return calls.whose(replace(order, handle=plain(order.handle)))

    @contextmanager
    def _calls(self) -> Iterator[HttpCalls]:
        with self.line.open() as outside:
            yield HttpCalls(self.platform, self.line, outside)


def plain(handle: str) -> str:
    """Return a handle as the contract writes it: people put an @ before it, and phones what nobody sees."""
    return seen_handle(handle).removeprefix("@")
