"""Reading the record, and proving it to those outside."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.audit import leaves
from safeconduct.audit.models import Entry, Waiting
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import Unavailable


@dataclass(frozen=True)
class EntryView:
    """One entry; ``index`` is its place in the tree, or None during the second in which it still waits."""

    id: UUID
    at: datetime
    action: str
    by: Actor
    subject: UUID
    index: int | None


@dataclass(frozen=True)
class ProofBundle:
    """What a partner takes home: entries, their paths to a signed checkpoint, and the key to check it with."""

    text: str

    def as_json(self) -> str:
        """Return the file as it is handed out."""
        return self.text


def entries_for(subject: UUID) -> list[EntryView]:
    """Return everything recorded about ``subject``, oldest first, waiting entries included."""
    placed = Entry.objects.filter(subject=subject).order_by("index")
    waiting = Waiting.objects.filter(subject=subject).order_by("number")
    return [_view(entry, entry.index) for entry in placed] + [_view(entry, None) for entry in waiting]


def _view(entry: Entry | Waiting, index: int | None) -> EntryView:
    actor = leaves.actor_from(entry.actor)
    return EntryView(entry.entry_id, entry.at, entry.action, actor, entry.subject, index)


def proof_for(subject: UUID, actions: Collection[str] | None = None, *, older: str | None = None) -> ProofBundle:
    """Prove what was recorded about ``subject``; ``older`` is a checkpoint the asker holds and wants this one tied to."""
    raise Unavailable("audit.building", "The proofs are being put in.")


def verifier_key() -> str:
    """Return the public key, as C2SP signed notes write it, with which outsiders check our checkpoints."""
    raise Unavailable("audit.building", "The proofs are being put in.")


def newest_checkpoint() -> str | None:
    """Return the newest signed checkpoint, or None while nothing has been recorded."""
    raise Unavailable("audit.building", "The proofs are being put in.")


def export_lines() -> Iterator[str]:
    """Return the whole record as JSON lines, the signed checkpoint last."""
    raise Unavailable("audit.building", "The proofs are being put in.")
