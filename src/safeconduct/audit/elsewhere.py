"""Comparing the record with what was kept elsewhere: the one thing that whoever holds our key cannot make over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.audit.damage import Damage, DamageKind
from safeconduct.audit.models import Entry
from safeconduct.audit.notes import Checkpoint, VerifierKey, open_note
from safeconduct.audit.proofs import ProvedEntry, verify_bundle
from safeconduct.audit.tree import leaf_hash
from safeconduct.audit.walk import Noted, standing_between
from safeconduct.kernel.errors import Refused


@dataclass(frozen=True)
class Held:
    """A checkpoint from elsewhere, and the entries that came with it in a proof file, if it was one."""

    checkpoint: Checkpoint
    entries: tuple[ProvedEntry, ...] = ()


def read(text: str, key: VerifierKey) -> Held:
    """Return what a checkpoint or proof file shows by itself; raises ``Refused`` if it is not of this log."""
    if not text.lstrip().startswith("{"):
        return Held(open_note(text, key))
    verdict = verify_bundle(text, pinned_key=str(key))
    if verdict.checkpoint is None or not verdict.holds:
        raise Refused("audit.held", f"The proof file you brought does not hold by itself. {verdict.faults[0]}")
    return Held(verdict.checkpoint, verdict.entries)


def damages(held: Sequence[Held], found: Noted, size: int) -> Iterator[Damage]:
    """Name how the record differs from each thing held: entry by entry where a proof file has them."""
    sound = 0
    for one in sorted(held, key=lambda one: one.checkpoint.size):
        signed = one.checkpoint
        yield from (damage for entry in one.entries for damage in _entry_damage(entry))
        if signed.size > size:
            yield _cut_off(size, signed.size)
        elif signed.root in found.roots[signed.size]:
            sound = signed.size
        else:
            yield _made_over(sound, signed.size)


def _cut_off(size: int, signed: int) -> Damage:
    which = f"Entry {size:,} was" if signed - size == 1 else f"Entries {size:,} to {signed - 1:,} were"
    sentence = f"{which} removed: you hold a signature over {signed:,} entries, and {size:,} are left."
    return Damage(DamageKind.REMOVED, size, signed - 1, sentence)


def _made_over(sound: int, signed: int) -> Damage:
    which = f"entry {sound:,}" if signed - sound == 1 else f"entries {sound:,} to {signed - 1:,}"
    sentence = f"Among {which}, something was changed, removed, inserted or moved, and the record was signed again."
    return Damage(DamageKind.REWRITTEN, sound, signed - 1, sentence)


def _entry_damage(kept: ProvedEntry) -> Iterator[Damage]:
    """Say what became of one entry that we once proved to somebody."""
    leaf, index = kept.leaf, kept.index
    standing = dict(standing_between(index, index + 1)).get(index)
    if standing and standing.hash == leaf_hash(leaf.text.encode()):
        return
    name, now = f"{leaf.action}, {leaf.id}", _index_of(kept)
    if now is None:
        yield Damage(DamageKind.REMOVED, index, index, f"Entry {index:,} was removed ({name}).")
    elif now == index:
        yield Damage(DamageKind.CHANGED, index, index, f"Entry {index:,} was changed ({name}).", str(leaf.id))
    else:
        sentence = f"Entry {now:,} was moved: it was signed as entry {index:,}."
        yield Damage(DamageKind.MOVED, now, now, sentence, str(leaf.id), index)


def _index_of(kept: ProvedEntry) -> int | None:
    return Entry.objects.filter(entry_id=kept.leaf.id).values_list("index", flat=True).first()
