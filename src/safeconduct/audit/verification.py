"""Checking the whole record against its own signatures, and against what is held elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.audit import elsewhere, keys
from safeconduct.audit.damage import Damage, DamageKind, Occupant, named
from safeconduct.audit.models import Checkpoint, Node, Waiting
from safeconduct.audit.notes import VerifierKey
from safeconduct.audit.tree import EMPTY_ROOT, Span, nodes_before
from safeconduct.audit.walk import Noted, Progress, Walk, signed_root, standing_between


@dataclass(frozen=True)
class Verification:
    """What a check of the whole record found.

    ``size`` entries under the newest signature were read and ``waiting`` have no place yet; ``held`` counts what
    was brought from elsewhere.
    """

    size: int
    waiting: int
    checkpoints: int
    held: int
    damages: tuple[Damage, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.damages


@dataclass(frozen=True)
class _Signed:
    """The newest checkpoint that is truly ours, and the sizes of those above it that are not."""

    size: int
    root: bytes
    forged: tuple[int, ...]


def _quietly(_read: int, _of: int) -> None:
    """Show no progress."""


def verify(*held_checkpoints: str | None, progress: Progress = _quietly) -> Verification:
    """Check every entry, every hash and every signature, and name what does not fit.

    A held checkpoint, or a whole proof file, is what was kept where nobody here could reach it: the only thing that
    shows damage by someone who also had the key. Takes no lock; entries may arrive meanwhile. Raises ``Refused``
    when what was held is not of this record, ``Unavailable`` when the key is gone.
    """
    texts = [text for text in held_checkpoints if text is not None]
    key = keys.signer().key if texts or Checkpoint.objects.exists() else None
    held = [elsewhere.read(text, key) for text in texts if key]
    newest = _newest(key)
    found = Walk(newest.size, frozenset(one.checkpoint.size for one in held), key).run(progress)
    beyond = _beyond(newest.size, key)
    damages = [*_among_entries(found, newest, beyond), *_among_signatures(found, newest)]
    damages += _hashes_beyond(newest.size, key)
    damages += elsewhere.damages(held, found, newest.size)
    once = {(damage.kind, damage.first, damage.last): damage for damage in reversed(damages)}
    ordered = sorted(once.values(), key=lambda damage: (damage.first, damage.last, damage.kind))
    return Verification(newest.size, Waiting.objects.count(), found.checkpoints, len(held), tuple(ordered))


def _newest(key: VerifierKey | None) -> _Signed:
    forged: list[int] = []
    for row in Checkpoint.objects.order_by("-size").iterator():
        root = signed_root(row, key)
        if root is not None:
            return _Signed(row.size, root, tuple(forged))
        forged.append(row.size)
    return _Signed(0, EMPTY_ROOT, tuple(forged))


def _beyond(size: int, key: VerifierKey | None) -> dict[int, Occupant]:
    """Return entries that no signature covers. The signatures are read last: what grew meanwhile is covered by then."""
    rows = dict(standing_between(size, None)) | dict(standing_between(None, 0))
    covered = _newest(key).size if rows else size
    return {index: row for index, row in rows.items() if not 0 <= index < covered}


def _among_entries(found: Noted, newest: _Signed, beyond: dict[int, Occupant]) -> Iterator[Damage]:
    empty = found.signed.keys() - found.standing.keys()
    if found.standing_root == newest.root and not empty:
        # The entries give the very root that was signed, so it is the kept hashes that someone spoilt.
        yield from (_spoilt_leaf(index) for index in found.signed)
        yield from named({}, beyond)
    else:
        yield from named(found.signed, found.standing | beyond)


def _spoilt_leaf(index: int) -> Damage:
    sentence = f"The tree's hash of entry {index:,} was changed; the entry itself is as it was signed."
    return Damage(DamageKind.TREE, index, index, sentence)


def _among_signatures(found: Noted, newest: _Signed) -> Iterator[Damage]:
    yield from (_forged(size) for size in (*found.forged, *newest.forged))
    if newest.root not in {found.kept_root, found.standing_root}:
        yield from _made_over(found)
        return
    fitting = [span for span in found.subtrees if not any(span.start <= index < span.end for index in found.signed)]
    yield from (_spoilt_subtree(span) for span in fitting)
    if found.bracket:
        yield _of_another_record(found.bracket.end)


def _made_over(found: Noted) -> Iterator[Damage]:
    yield from (_rewritten(span, "and the tree's hash of it with it.") for span in found.subtrees)
    if found.bracket and not any(_inside(span, found.bracket) for span in found.subtrees):
        yield _rewritten(found.bracket, "and the tree made over. No later signature fits, so later entries may be too.")


def _spoilt_subtree(span: Span) -> Damage:
    sentence = f"The tree's hash over entries {span.start:,} to {span.end - 1:,} was changed, and no entry."
    return Damage(DamageKind.TREE, span.start, span.end - 1, sentence)


def _rewritten(span: Span, with_it: str) -> Damage:
    alone = f"Entry {span.start:,} was changed"
    among = f"Among entries {span.start:,} to {span.end - 1:,}, something was changed, removed, inserted or moved"
    sentence = f"{alone if span.end - span.start == 1 else among}, {with_it}"
    return Damage(DamageKind.REWRITTEN, span.start, span.end - 1, sentence)


def _inside(span: Span, bracket: Span) -> bool:
    return bracket.start <= span.start and span.end <= bracket.end


def _forged(size: int) -> Damage:
    sentence = f"The checkpoint of {size:,} entries is not signed with this record's key."
    return Damage(DamageKind.CHECKPOINT, size, size, sentence)


def _of_another_record(size: int) -> Damage:
    sentence = f"The checkpoint of {size:,} entries is signed with our key, but over another record than this one."
    return Damage(DamageKind.CHECKPOINT, size, size, sentence)


def _hashes_beyond(size: int, key: VerifierKey | None) -> Iterator[Damage]:
    last = Node.objects.order_by("-number").values_list("number", flat=True).first()
    if last is not None and last >= nodes_before(size) and last >= nodes_before(_newest(key).size):
        yield Damage(DamageKind.TREE, size, size, f"The tree holds hashes beyond the {size:,} signed entries.")
