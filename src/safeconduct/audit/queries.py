"""Reading the record, and proving it to those outside."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from safeconduct.audit import confided, keys, leaves, notes, proofs, verification
from safeconduct.audit.bundles import Continuation, Placed, ProofBundle
from safeconduct.audit.confided import Unseal
from safeconduct.audit.leaves import Facts
from safeconduct.audit.models import Checkpoint, Entry, Waiting
from safeconduct.audit.sequencer import hashes_at, leaf_text, sequence_pending
from safeconduct.audit.tree import consistency_spans, folded, inclusion_spans, leaf_hash, pieces
from safeconduct.audit.verification import Verification
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import Refused, Unavailable

__all__ = [
    "EntryView",
    "ProofBundle",
    "Verification",
    "entries_for",
    "export_lines",
    "facts_of",
    "kinds_that_did",
    "newest_checkpoint",
    "placed",
    "proof_for",
    "proof_of",
    "verifier_key",
    "verify",
]

verify = verification.verify


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
    tables = (model.objects.filter(action__in=actions) for model in (Entry, Waiting))
    done = (row for table in tables for row in table.order_by().values_list("action", "actor").distinct())
    return {(action, leaves.actor_from(actor).kind) for action, actor in done}


def facts_of(entry_id: UUID, unseal: Unseal) -> Facts | None:
    """Return what an entry was committed to; None where ``unseal`` does not open it, or it was destroyed."""
    kept = Entry.objects.filter(entry_id=entry_id).first() or Waiting.objects.filter(entry_id=entry_id).first()
    told = confided.told_of({entry_id: kept.commitment}, unseal) if kept else {}
    return told[entry_id].facts if told else None


def proof_for(
    subject: UUID,
    actions: Collection[str] | None = None,
    *,
    older: str | None = None,
    unseal: Unseal | None = None,
) -> ProofBundle:
    """Prove what was recorded about ``subject``, or of it only ``actions``, up to this moment.

    ``older`` is a checkpoint the asker holds; the proof then shows that the record continues it unchanged.
    What ``unseal`` opens of the facts that entries were committed to is told too. Must not be called inside a
    transaction. Raises ``Refused`` when there is nothing to prove, ``Unavailable`` when the
    record is damaged or its key is gone.
    """
    sequence_pending()
    newest = Checkpoint.objects.order_by("-size").first()
    about = Entry.objects.filter(subject=subject, index__lt=newest.size if newest else 0).order_by("index")
    entries = list(about if actions is None else about.filter(action__in=actions))
    if newest is None or not entries:
        raise Refused("audit.nothing", "Nothing of that kind has been recorded here, so there is nothing to prove.")
    continuation = _continuation(older, newest.size) if older else None
    shown = placed(entries, newest.size)
    told = _telling(shown, unseal) if unseal else shown
    return _checked(ProofBundle(verifier_key(), newest.note, told, continuation))


def _telling(shown: tuple[Placed, ...], unseal: Unseal) -> tuple[Placed, ...]:
    told = confided.told_of({one.leaf.id: one.leaf.commitment for one in shown}, unseal)
    return tuple(replace(one, told=told.get(one.leaf.id)) for one in shown)


def proof_of(entry_id: UUID, *subjects: UUID) -> ProofBundle:
    """Prove one entry about any of ``subjects``; raises as ``proof_for`` does, and is called where that may be."""
    sequence_pending()
    newest = Checkpoint.objects.order_by("-size").first()
    entries = list(Entry.objects.filter(entry_id=entry_id, subject__in=subjects))
    if newest is None or not entries:
        raise Refused("audit.nothing", "Nothing of that kind has been recorded here, so there is nothing to prove.")
    return _checked(ProofBundle(verifier_key(), newest.note, placed(entries, newest.size)))


def _checked(bundle: ProofBundle) -> ProofBundle:
    """Let no proof leave the house that would fail outside."""
    if not proofs.verify_bundle(bundle.as_json()).holds:
        raise Unavailable("audit.damaged", "The record is not as it was last signed. Run: safeconduct audit verify")
    return bundle


def placed(entries: list[Entry], size: int) -> tuple[Placed, ...]:
    """Return entries with the hashes kept of their paths to the root of a tree of ``size``. Nothing is checked."""
    spans = {entry.index: inclusion_spans(entry.index, size) for entry in entries}
    kept = hashes_at({place for path in spans.values() for span in path for place in pieces(span)})
    return tuple(Placed(leaf_text(one), one.index, tuple(folded(spans[one.index], kept))) for one in entries)


def _continuation(older: str, size: int) -> Continuation:
    before, _ = notes.read_note(older)
    if before.size > size:
        raise Refused("audit.shorter", "That checkpoint is of a longer record than this one. Tell the service at once.")
    spans = consistency_spans(before.size, size)
    kept = hashes_at({place for span in spans for place in pieces(span)})
    return Continuation(before.size, tuple(folded(spans, kept)))


def verifier_key() -> str:
    """Return the public key, as C2SP signed notes write it, with which outsiders check our checkpoints."""
    signer = keys.signer() if Checkpoint.objects.exists() else keys.first_signer()
    return str(signer.key)


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
        text = leaf_text(entry)
        yield json.dumps({"index": entry.index, **json.loads(text), "leaf": leaf_hash(text.encode()).hex()})
    yield json.dumps({"checkpoint": newest.note, "key": verifier_key()}, ensure_ascii=False)
