"""The connector to a Synapse homeserver."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from safeconduct.connectors import performing, wording
from safeconduct.connectors.incoming import FlagPage, Happenings, Knock, Reply
from safeconduct.connectors.port import (
    UNDONE_BY,
    AccountState,
    ActKind,
    ActOrder,
    ActRecord,
    Capabilities,
    Capability,
    Cost,
    ItemSeen,
    Snapshot,
)
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.synapse import costs, endings, flags
from safeconduct.connectors.synapse.admin import Admin, Homeserver
from safeconduct.connectors.synapse.calls import ELSEWHERE, OWN, SynapseCalls
from safeconduct.connectors.synapse.hearing import Hearing, hear
from safeconduct.connectors.synapse.whose import whose
from safeconduct.kernel.errors import Refused, Unavailable


@dataclass(frozen=True)
class SynapseConnector:
    """One homeserver. It has no way to end a lock by itself, and does not remember earlier locks."""

    platform: str
    name: str
    homeserver: Homeserver
    notices: bool = True
    hearing: Hearing | None = None
    simulated: bool = False
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    def capabilities(self) -> Capabilities:
        """Say what can be done with this token on this homeserver."""
        with self._line() as (_admin, calls):
            told = calls.capabilities()
        hears = {Capability.EVENTS_SUBSCRIBE} if self.hearing else set()
        return replace(told, offered=told.offered | hears)

    def account(self, handle: str) -> AccountState:
        """Read an account's state from the homeserver."""
        with self._line() as (_admin, calls), _reading():
            return calls.account(handle)

    def snapshot(self, handle: str) -> Snapshot:
        """Take a copy of what the homeserver holds, as evidence."""
        with self._line() as (_admin, calls), _reading():
            return calls.snapshot(handle)

    def item(self, item: str) -> Snapshot:
        """Take a copy of a message with what stands around it, of a room, or of what is known of a file.

        Raises ``Refused`` where the item names nothing that the homeserver knows.
        """
        with self._line() as (_admin, calls):
            return calls.item(item)

    def flags(self, cursor: str, *, limit: int = 100) -> FlagPage:
        """Return what the homeserver's users reported after ``cursor``, oldest first; an empty cursor is the start."""
        with self._line() as (admin, _calls), _reading():
            return flags.after(admin, cursor, limit=limit)

    def hear(self, knock: Knock, tell: Callable[[Happenings], None]) -> Reply:
        """Answer a request of the homeserver's. Where nothing was set up, nothing is heard."""
        return hear(self.hearing, self.platform, knock, tell) if self.hearing else Reply(404)

    def own_name(self) -> str:
        """Return the full name of the account that our token belongs to."""
        with self._line() as (_admin, calls), _reading():
            return calls.own_name

    def is_own(self, handle: str) -> bool:
        """Tell whether a handle is that of the account our token belongs to."""
        with self._line() as (_admin, calls), _reading():
            return calls.is_own(handle)

    def end_what_is_over(self, tell: Callable[[], None]) -> int:
        """Reinstate the accounts whose suspension has ended, and return how many the homeserver shows so."""
        with self._line() as (admin, calls), _reading():
            return endings.end_what_is_over(admin, calls.own_name, tell)

    def cost(self, act: ActKind, handle: str) -> Cost:
        """Say what an act would cost: on Matrix, ending sessions can cost the encrypted history."""
        with self._line() as (_admin, calls), _reading():
            offered, state = calls.capabilities(), calls.account(handle)
            if not offered.can(act):
                return Cost(act, possible=False, why_not=wording.CANNOT)
            if not state.exists:
                return Cost(act, possible=False, why_not=wording.UNKNOWN_ACCOUNT)
            if calls.is_own(handle):
                return Cost(act, possible=False, why_not=OWN)
            if not calls.may_be_acted_on(act, handle):
                return Cost(act, possible=False, why_not=ELSEWHERE)
            particular = costs.particular(act, lambda: calls.has_key_backup(handle))
        return Cost(
            act,
            possible=True,
            lost=(*wording.lost_by(act, state), *particular),
            seen=wording.seen_after(act),
            reversible=act in UNDONE_BY,
        )

    def lost_on_any(self, act: ActKind) -> tuple[Sentence, ...]:
        """Say what an act may cost on whatever account, without asking about one."""
        return costs.on_any(act)

    def perform(self, order: ActOrder) -> ActRecord:
        """Snapshot, act, read back, and tell the truth about it."""
        with self._line() as (_admin, calls):
            return performing.perform(calls, order, pause=self.pause)

    def undo(self, order: ActOrder) -> ActRecord:
        """Reverse the act that ``order`` names, under ``order.key``, which is a new key."""
        with self._line() as (_admin, calls):
            return performing.undo(calls, order, pause=self.pause)

    def shows(self, order: ActOrder) -> bool | None:
        """Tell whether a message, file, room or device is as ordered now."""
        with self._line() as (_admin, calls), _reading():
            return calls.shows(order, "")

    def whose(self, order: ActOrder) -> ItemSeen | None:
        """Tell who sent a message, uploaded a file or made a room."""
        with self._line() as (admin, calls):
            return whose(admin, order, calls.full_name(order.handle))

    @contextmanager
    def _line(self) -> Iterator[tuple[Admin, SynapseCalls]]:
        with self.homeserver.open() as outside:
            admin = Admin(self.homeserver, outside, pause=self.pause)
            yield admin, SynapseCalls(self.platform, self.name, admin, notices=self.notices)


@contextmanager
def _reading() -> Iterator[None]:
    """Treat a refusal to show as no answer: nothing was ordered, so nothing was refused."""
    try:
        yield
    except Refused as fault:
        raise Unavailable(fault.code, fault.sentence) from fault
