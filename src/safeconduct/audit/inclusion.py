"""Judging entries where they lie: does each stand in the record as last signed? Says so also when it does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from safeconduct.audit import keys, notes, proving, queries
from safeconduct.audit.models import Checkpoint, Entry
from safeconduct.audit.proofs import stands
from safeconduct.audit.queries import EntryView
from safeconduct.audit.sequencer import sequence_pending
from safeconduct.kernel.errors import Refused, Unavailable

__all__ = ["Judged", "Judgement", "judge"]


@dataclass(frozen=True)
class Judged:
    """An entry and whether its inclusion proof leads to the signed root. One that still waits has no proof yet."""

    entry: EntryView
    stands: bool

    @property
    def waits(self) -> bool:
        """Return whether the entry has no place in the tree yet."""
        return self.entry.index is None


@dataclass(frozen=True)
class Judgement:
    """What the newest checkpoint says of some entries. Without a ``checkpoint`` its signature is not our key's."""

    entries: tuple[Judged, ...]
    checkpoint: notes.Checkpoint | None
    key: str

    @property
    def standing(self) -> int:
        """Return how many entries stand."""
        return sum(one.stands for one in self.entries)

    @property
    def failed(self) -> int:
        """Return how many entries have a place and do not stand in it."""
        return sum(not one.stands and not one.waits for one in self.entries)


def judge(*subjects: UUID) -> Judgement:
    """Check everything recorded about these subjects against the newest checkpoint, damage included.

    Must not be called inside a transaction. Raises ``Unavailable`` only if the checkpoint key is gone.
    """
    _grow_if_sound()
    views = queries.entries_for(*subjects)
    key = keys.signer().key
    newest = Checkpoint.objects.order_by("-size").first()
    try:
        checkpoint = notes.open_note(newest.note, key) if newest else None
    except Refused:
        checkpoint = None
    standing = _standing(subjects, checkpoint) if checkpoint else frozenset()
    return Judgement(tuple(Judged(view, view.id in standing) for view in views), checkpoint, str(key))


def _grow_if_sound() -> None:
    try:
        sequence_pending()
    except Unavailable:
        # A damaged record is not signed again. What was signed before the damage is judged all the same.
        return


def _standing(subjects: Iterable[UUID], checkpoint: notes.Checkpoint) -> frozenset[UUID]:
    covered = Entry.objects.filter(subject__in=subjects, index__lt=checkpoint.size).order_by("index")
    entries = list(covered)
    shown = zip(entries, proving.placed(entries, checkpoint.size), strict=True)
    return frozenset(entry.entry_id for entry, one in shown if stands(one, checkpoint))
