"""Proofs that leave the house: entries, their paths to the newest signature, and what they were committed to."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.audit import confided, keys, notes, proofs
from safeconduct.audit.bundles import Continuation, Placed, ProofBundle
from safeconduct.audit.confided import Unseal
from safeconduct.audit.models import Checkpoint, Entry
from safeconduct.audit.sequencer import hashes_at, leaf_text, sequence_pending
from safeconduct.audit.tree import consistency_spans, folded, inclusion_spans, pieces
from safeconduct.kernel.errors import Refused, Unavailable


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
    transaction. Raises ``Refused`` when there is nothing to prove, ``Unavailable`` when the record is damaged or its
    key is gone.
    """
    about = Entry.objects.filter(subject=subject)
    return _proof(about if actions is None else about.filter(action__in=actions), older, unseal)


def proof_of(entry_id: UUID, *subjects: UUID) -> ProofBundle:
    """Prove one entry about any of ``subjects``; raises as ``proof_for`` does, and is called where that may be."""
    return _proof(Entry.objects.filter(entry_id=entry_id, subject__in=subjects), None, None)


def _proof(about: "QuerySet[Entry]", older: str | None, unseal: Unseal | None) -> ProofBundle:
    sequence_pending()
    newest = Checkpoint.objects.order_by("-size").first()
    # Another process may place more meanwhile, which this signature does not cover.
    entries = list(about.filter(index__lt=newest.size if newest else 0).order_by("index"))
    if newest is None or not entries:
        raise Refused("audit.nothing", "Nothing of that kind has been recorded here, so there is nothing to prove.")
    continuation = _continuation(older, newest.size) if older else None
    shown = placed(entries, newest.size)
    told = _telling(shown, unseal) if unseal else shown
    return _checked(ProofBundle(verifier_key(), newest.note, told, continuation))


def _telling(shown: tuple[Placed, ...], unseal: Unseal) -> tuple[Placed, ...]:
    leaves = [one.leaf for one in shown]
    told = confided.told_of({leaf.id: leaf.commitment for leaf in leaves}, unseal)
    return tuple(replace(one, told=told.get(leaf.id)) for one, leaf in zip(shown, leaves, strict=True))


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
