"""What the contract's answers mean, in the words every connector speaks. Their shape was checked before."""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from safeconduct.connectors.calls import Sent
from safeconduct.connectors.outside import NoAnswer
from safeconduct.connectors.port import (
    AccountState,
    ActKind,
    Capabilities,
    Capability,
    Cost,
    Fact,
    ItemSeen,
    SessionSeen,
    Snapshot,
    plain_handle,
)
from safeconduct.connectors.sentences import Sentence
from safeconduct.kernel import clock

Told = Mapping[str, Any]
_FLAGS = {
    "evidence": Capability.EVIDENCE_SNAPSHOT,
    "lock_ends_by_itself": Capability.ACCOUNT_LOCK_UNTIL,
    "remembers_locks": Capability.ACCOUNT_LOCK_HISTORY,
    "suspension_ends_by_itself": Capability.ACCOUNT_SUSPEND_UNTIL,
}


def capabilities(platform: str, told: Told) -> Capabilities:
    """Return what the platform offers. Acts that we do not know are left aside."""
    known = {act.value for act in ActKind}
    offered = {Capability(act) for act in told["acts"] if act in known}
    offered |= {capability for name, capability in _FLAGS.items() if told.get(name)}
    return Capabilities(
        platform=platform,
        name=told["name"],
        offered=frozenset(offered),
        undo_days=told.get("undo_days"),
    )


def state(handle: str, told: Told) -> AccountState:
    """Return an account's state. Facts that we do not know are left aside."""
    known = {fact.value for fact in Fact}
    facts = {Fact(name): value for name, value in told.get("facts", {}).items() if name in known}
    sessions, tokens = _seen(told.get("sessions")), _seen(told.get("tokens"))
    if sessions is not None:
        facts[Fact.SIGNED_OUT] = not sessions
    if tokens is not None:
        facts[Fact.TOKENS_GONE] = not tokens
    return AccountState(
        handle,
        told["exists"],
        clock.now(),
        facts,
        sessions,
        tokens,
        locked_until=_moment(told.get("locked_until")),
        last_locked_at=_moment(told.get("last_locked_at")),
        suspended_until=_moment(told.get("suspended_until")),
    )


def _seen(told: list[Told] | None) -> tuple[SessionSeen, ...] | None:
    if told is None:
        return None
    return tuple(
        SessionSeen(one["id"], one["label"], _moment(one.get("seen_at")), one.get("place", "")) for one in told
    )


def snapshot(told: Told) -> Snapshot:
    """Return evidence whose fingerprint is that of its bytes. Raises ``NoAnswer`` for any other."""
    try:
        content = base64.b64decode(told["content"], validate=True)
    except binascii.Error as fault:
        raise _altered() from fault
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise _altered()
    return Snapshot(
        content, told["media_type"], _certain_moment(told["taken_at"]), told["sha256"], told.get("note", "")
    )


def _altered() -> NoAnswer:
    return NoAnswer("contract.evidence", "The evidence does not match its own fingerprint.")


def item(handle: str, told: Told) -> ItemSeen | None:
    """Return whose a thing is, or nothing where the platform leaves that out."""
    author = told.get("author", "").strip().removeprefix("@")
    if not author:
        return None
    return ItemSeen((author,), plain_handle(author) == plain_handle(handle), told.get("words", ""))


def cost(act: ActKind, told: Told) -> Cost:
    """Return what is particular to this platform about an act's cost."""
    why_not = Sentence(told["why_not"]) if told.get("why_not") else None
    return Cost(act, told["possible"], _sentences(told.get("lost")), _sentences(told.get("seen")), why_not=why_not)


def sent(told: Told) -> Sent:
    """Return what came of an accepted order."""
    return Sent(told["reference"], _moment(told.get("effective_at")), _sentences(told.get("residual")))


def _sentences(texts: Iterable[str] | None) -> tuple[Sentence, ...]:
    return tuple(Sentence(text) for text in texts or () if text)


def _moment(text: str | None) -> datetime | None:
    return _certain_moment(text) if text else None


def _certain_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as fault:
        raise NoAnswer("contract.moment", "The platform gave a time that does not exist.") from fault
