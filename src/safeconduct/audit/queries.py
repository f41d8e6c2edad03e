"""Reading the record, and proving it to those outside."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.audit import confided, leaves, verification
from safeconduct.audit.bundles import ProofBundle
from safeconduct.audit.confided import Unseal
from safeconduct.audit.following import line_of
from safeconduct.audit.leaves import Facts
from safeconduct.audit.models import Checkpoint, Entry, Waiting
from safeconduct.audit.proving import proof_for, proof_of, verifier_key
from safeconduct.audit.verification import Verification
from safeconduct.kernel.actors import Actor, ActorKind

__all__ = [
    "EntryView",
    "ProofBundle",
    "Verification",
    "entries_for",
    "export_lines",
    "facts_of",
    "kinds_that_did",
    "newest_checkpoint",
    "proof_for",
    "proof_of",
    "subjects_of",
    "verifier_key",
    "verify",
]

verify = verification.verify
# Read in this order: an entry that finds its place between the two reads is then met in the second.
STANDING_LAST = (Waiting, Entry)


@dataclass(frozen=True)
class EntryView:
    """One entry; ``index`` is its place in the tree, or None during the second in which it still waits."""

    id: UUID
    at: datetime
    action: str
    by: Actor
    subject: UUID
    index: int | None


def entries_for(*subjects: UUID) -> list[EntryView]:
    """Return everything recorded about these subjects, oldest first, waiting entries included."""
    waiting = list(Waiting.objects.filter(subject__in=subjects).order_by("number"))
    placed = Entry.objects.filter(subject__in=subjects).order_by("index")
    views = {entry.entry_id: _view(entry, None) for entry in waiting}
    # Read second, and winning: an entry that found its place between the two reads is shown once.
    found = {entry.entry_id: _view(entry, entry.index) for entry in placed}
    return [*found.values(), *(view for entry_id, view in views.items() if entry_id not in found)]


def _view(entry: Entry | Waiting, index: int | None) -> EntryView:
    actor = leaves.actor_from(entry.actor)
    return EntryView(entry.entry_id, entry.at, entry.action, actor, entry.subject, index)


def kinds_that_did(*actions: str) -> set[tuple[str, ActorKind]]:
    """Return which of these acts were ever done, each with every kind of actor that did it."""
    tables = (model.objects.filter(action__in=actions) for model in STANDING_LAST)
    done = (row for table in tables for row in table.order_by().values_list("action", "actor").distinct())
    return {(action, leaves.actor_from(actor).kind) for action, actor in done}


def subjects_of(action: str, *, since: datetime) -> set[UUID]:
    """Return about what an act was recorded since a moment, with what still waits for its place or for midnight."""
    tables = (model.objects.filter(action=action, at__gte=since) for model in STANDING_LAST)
    return {subject for table in tables for subject in table.values_list("subject", flat=True)}


def facts_of(entry_id: UUID, unseal: Unseal) -> Facts | None:
    """Return what an entry was committed to; None where ``unseal`` does not open it, or it was destroyed."""
    rows = (model.objects.filter(entry_id=entry_id).first() for model in STANDING_LAST)
    kept = next((row for row in rows if row), None)
    told = confided.told_of({entry_id: kept.commitment}, unseal) if kept else {}
    return told[entry_id].facts if told else None


def newest_checkpoint() -> str | None:
    """Return the newest signed checkpoint, or None while nothing has been recorded."""
    newest = Checkpoint.objects.order_by("-size").first()
    return newest.note if newest else None


def export_lines() -> Iterator[str]:
    """Return the record up to the newest checkpoint as JSON lines: each entry, then the checkpoint and its key."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return
    for entry in Entry.objects.filter(index__lt=newest.size).order_by("index").iterator():
        yield line_of(entry)
    yield json.dumps({"checkpoint": newest.note, "key": verifier_key()}, ensure_ascii=False)
