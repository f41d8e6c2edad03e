"""A platform in memory that implements the connector's Protocol, with the faults that real ones have."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.connectors.incoming import Flag, FlagPage
from safeconduct.connectors.port import (
    EFFECTS,
    ON_AN_ITEM,
    UNDONE_BY,
    AccountState,
    ActKind,
    ActOrder,
    ActRecord,
    Capabilities,
    Capability,
    Cost,
    Fact,
    ItemSeen,
    Result,
    Snapshot,
)
from safeconduct.connectors.sentences import Sentence
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable

EVERYTHING = frozenset(Capability)
THE_HANDLE = "amina.of.the.harbour"
THE_STRANGER = "stranger"


@dataclass
class FakePlatform:
    """One platform with one account, a stranger's beside it, and messages that are ciphertext.

    ``authors`` says whose a thing is where it is not the stranger's, and nothing where the platform does not tell.
    ``before_act`` runs before each act, for what happens in between.
    """

    platform: str = "juniper-square"
    name: str = "Juniper Square"
    simulated: bool = True
    offered: frozenset[Capability] = EVERYTHING
    silent: bool = False
    refusing: bool = False
    unsure: bool = False
    lying: bool = False
    reversible: bool = True
    facts: dict[Fact, bool] = field(default_factory=lambda: dict.fromkeys(Fact, False))
    last_locked_at: datetime | None = None
    locked_until: datetime | None = None
    notices: list[str] = field(default_factory=list)
    performed: list[ActOrder] = field(default_factory=list)
    pressed: list[Flag] = field(default_factory=list)
    keys: set[UUID] = field(default_factory=set)
    left_open: dict[ActKind, tuple[Sentence, ...]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    before_act: Callable[[], None] = lambda: None

    def capabilities(self) -> Capabilities:
        self._answer()
        return Capabilities(self.platform, self.name, self.offered)

    def account(self, handle: str) -> AccountState:
        self._answer()
        return AccountState(
            handle=handle,
            exists=handle in {THE_HANDLE, THE_STRANGER},
            read_at=clock.now(),
            facts=dict(self.facts),
            locked_until=self.locked_until,
            last_locked_at=self.last_locked_at,
        )

    def cost(self, act: ActKind, handle: str) -> Cost:
        self._answer()
        lost = (Sentence("%(count)s sessions end.", {"count": 3}),) if act is ActKind.SESSIONS_REVOKE else ()
        return Cost(
            act,
            possible=True,
            lost=lost,
            seen=(Sentence("The phone shows the sign-in page."),),
            reversible=self.reversible,
        )

    def snapshot(self, handle: str) -> Snapshot:
        content = f"{handle} {sorted(self.facts.items())}".encode()
        return Snapshot(content, "text/plain", clock.now(), hashlib.sha256(content).hexdigest())

    def item(self, item: str) -> Snapshot:
        content = f'{{"event_id": "{item}", "ciphertext": "AwgAEp"}}'.encode()
        digest = hashlib.sha256(content).hexdigest()
        return Snapshot(content, "application/json", clock.now(), digest, "Ciphertext only.", ciphertext_only=True)

    def whose(self, order: ActOrder) -> ItemSeen | None:
        self._answer()
        author = self.authors.get(order.item, THE_STRANGER)
        return ItemSeen((author,), author == order.handle, "We know the blue door.") if author else None

    def flags(self, cursor: str, *, limit: int = 100) -> FlagPage:
        self._answer()
        seen = int(cursor or 0)
        page = self.pressed[seen : seen + limit]
        return FlagPage(tuple(page), str(seen + len(page)), more=seen + limit < len(self.pressed))

    def perform(self, order: ActOrder) -> ActRecord:
        if order.dry_run:
            return self._told(order, Result.TRIAL)
        self.before_act()
        if self.silent or self.refusing:
            return self._told(order, Result.NOT_DONE)
        evidence = self.snapshot(order.handle)
        self.performed.append(order)
        if not self.lying:
            self._do(order)
        if self.unsure:
            return self._told(order, Result.NOT_CONFIRMED)
        if order.act is ActKind.NOTICE_SEND:
            return self._told(order, Result.SENT_NOT_CHECKED, evidence)
        return self._told(order, Result.DONE_AND_CHECKED, evidence, read_back_at=None if self.lying else clock.now())

    def undo(self, order: ActOrder) -> ActRecord:
        return self.perform(ActOrder(UNDONE_BY[order.act], order.handle, order.key, item=order.item))

    def _answer(self) -> None:
        if self.silent:
            raise Unavailable("platform.silent", "The platform does not answer. Nothing was changed.")

    def _do(self, order: ActOrder) -> None:
        if order.key in self.keys:
            return
        self.keys.add(order.key)
        if order.act is ActKind.NOTICE_SEND:
            self.notices.append(order.words)
            return
        if order.act in ON_AN_ITEM:
            return
        fact, value = EFFECTS[order.act]
        self.facts[fact] = value
        if order.act is ActKind.ACCOUNT_LOCK:
            self.last_locked_at, self.locked_until = clock.now(), order.until

    def _told(
        self,
        order: ActOrder,
        result: Result,
        evidence: Snapshot | None = None,
        read_back_at: datetime | None = None,
    ) -> ActRecord:
        return ActRecord(
            act=order.act,
            key=order.key,
            platform=self.platform,
            result=result,
            sentence=Sentence("What the platform said."),
            ordered_at=clock.now(),
            effective_at=clock.now() if read_back_at else None,
            read_back_at=read_back_at,
            reversible=order.act in UNDONE_BY,
            undo=UNDONE_BY.get(order.act),
            residual=self.left_open.get(order.act, (Sentence("One token may live for two hours."),)),
            evidence=evidence,
        )
