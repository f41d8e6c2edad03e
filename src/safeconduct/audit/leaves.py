"""What a leaf of the tree says, byte for byte, and how facts are committed to. Plain Python."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import Refused

VERSION = 1
MINUTE = "%Y-%m-%dT%H:%MZ"
ACTION = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+")
COMMITMENT = re.compile(r"([0-9a-f]{64})?")
LONGEST_ACTION = 58  # with its time it fits a line of 80

Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class Leaf:
    """One entry as the tree holds it: opaque ids, a minute, and a commitment to facts that are not here."""

    id: UUID
    at: datetime
    action: str
    by: Actor
    subject: UUID
    commitment: str = ""

    @property
    def text(self) -> str:
        """Return the text whose hash stands in the tree."""
        by, kept = str(self.by), self.commitment
        return written(self.id, at=self.at, action=self.action, by=by, subject=self.subject, commitment=kept)


def written(entry_id: UUID, *, at: datetime, action: str, by: str, subject: UUID, commitment: str) -> str:
    """Return the canonical text of an entry, also of one whose row was tampered with and is no longer sound."""
    return canonical(
        {
            "v": VERSION,
            "id": str(entry_id),
            "at": _minute(at.astimezone(UTC)),
            "action": action,
            "by": by,
            "subject": str(subject),
            "commitment": commitment,
        },
    )


def _minute(at: datetime) -> str:
    # A row given seconds by someone else must not hash as if it had none.
    return at.strftime(MINUTE) if at == at.replace(second=0, microsecond=0) else at.isoformat()


def canonical(value: Mapping[str, str | int]) -> str:
    """Return the one JSON text that stands for ``value``."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def committed(salt: bytes, facts: Facts) -> str:
    """Return the hash that binds us to ``facts`` and says nothing to whoever lacks the salt."""
    return hashlib.sha256(salt + canonical(facts).encode()).hexdigest()


def check_action(action: str) -> None:
    """Refuse an action that is not dotted words: the column is in clear, so no sentence may ever stand in it."""
    if len(action) > LONGEST_ACTION or not ACTION.fullmatch(action):
        raise Refused("audit.action", "An action is dotted lower-case words. Choose one such as case.received.")


def actor_from(text: str) -> Actor:
    """Return the actor that ``str(actor)`` wrote; raises ``ValueError`` for anything else."""
    kind, colon, ident = text.partition(":")
    return Actor(ActorKind(kind), UUID(ident) if colon else None)


def leaf_from(text: str) -> Leaf:
    """Read a leaf back from its canonical text.

    Raises ``Refused`` unless the text is canonical to the byte, so that two texts never stand for one entry.
    """
    try:
        leaf = _read(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise _unreadable() from fault
    if leaf.text != text or not COMMITMENT.fullmatch(leaf.commitment):
        raise _unreadable()
    check_action(leaf.action)
    return leaf


def _read(kept: Mapping[str, str]) -> Leaf:
    return Leaf(
        id=UUID(kept["id"]),
        at=datetime.strptime(kept["at"], MINUTE).replace(tzinfo=UTC),
        action=kept["action"],
        by=actor_from(kept["by"]),
        subject=UUID(kept["subject"]),
        commitment=kept["commitment"],
    )


def _unreadable() -> Refused:
    return Refused("audit.leaf", "One entry is not written as this version writes entries. Ask for the proof again.")
