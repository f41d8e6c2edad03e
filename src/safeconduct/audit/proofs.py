"""Judging a proof on the partner's own machine: no Django, no database, no network. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from safeconduct.audit.bundles import Placed, ProofBundle, bundle_from
from safeconduct.audit.leaves import Facts, Leaf
from safeconduct.audit.notes import Checkpoint, VerifierKey, key_from, open_note
from safeconduct.audit.tree import is_consistent, leaf_hash, root_from_inclusion
from safeconduct.kernel.errors import Refused

NOT_PROVED = (
    "That the clock of the service was right: the minutes are the ones it signed.",
    "That these are all entries about this subject: a service can leave some out.",
    "What was said, or why: the record holds ids, words for acts, and hashes.",
)
UNPINNED = "That the key is the service's: it came in the same file. Use --key with yours."
INVENTED = "Anything about real people: this is the key of a demonstration."


@dataclass(frozen=True)
class ProvedEntry:
    """An entry whose place in the signed record is shown."""

    leaf: Leaf
    index: int
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What a proof shows.

    ``holds`` is true when everything asked was shown; ``faults`` says what was not, in sentences; ``not_proved``
    says what no such proof can show.
    """

    key: VerifierKey
    checkpoint: Checkpoint | None
    entries: tuple[ProvedEntry, ...]
    proved: tuple[str, ...]
    not_proved: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing failed."""
        return not self.faults


def verify_bundle(text: str, *, pinned_key: str | None = None, older: str | None = None) -> Verdict:
    """Judge a proof file.

    ``pinned_key`` is the verifier key the partner was given by another way; ``older`` is a checkpoint, or a whole
    proof file, that they kept from before. Raises ``Refused`` if one of the three is not what it should be.
    """
    bundle = bundle_from(text)
    key = key_from(pinned_key or bundle.key)
    not_proved = _not_proved(key, pinned=pinned_key is not None)
    try:
        checkpoint = open_note(bundle.checkpoint, key)
    except Refused as fault:
        return Verdict(key, None, (), (), not_proved, (fault.sentence,))
    entries, faults = _judge_entries(bundle, checkpoint)
    proved = [_entries_proved(entries, checkpoint)] if entries else []
    if older is not None:
        missing = list(_older_faults(bundle, checkpoint, key, older))
        faults += missing
        proved += [] if missing else ["The record you kept a checkpoint of is the unchanged beginning of this one."]
    return Verdict(key, checkpoint, tuple(entries), tuple(proved), not_proved, tuple(faults))


def _not_proved(key: VerifierKey, *, pinned: bool) -> tuple[str, ...]:
    unpinned = () if pinned else (UNPINNED,)
    invented = (INVENTED,) if key.name.startswith("safeconduct-demonstration/") else ()
    return (*invented, *unpinned, *NOT_PROVED)


def _entries_proved(entries: list[ProvedEntry], checkpoint: Checkpoint) -> str:
    stand = "this entry stands" if len(entries) == 1 else f"these {len(entries):,} entries stand"
    return f"Whoever holds the key signed a record of {checkpoint.size:,} in which {stand}, word for word."


def _judge_entries(bundle: ProofBundle, checkpoint: Checkpoint) -> tuple[list[ProvedEntry], list[str]]:
    """Return the entries that stand in the signed tree, in its order, and a sentence for each that does not."""
    shown: dict[int, ProvedEntry] = {}
    faults = [] if bundle.entries else ["The file holds no entry at all, so it shows nothing about a case."]
    for number, placed in enumerate(bundle.entries, 1):
        if not stands(placed, checkpoint):
            faults.append(f"Entry {number} of the file does not stand in the signed record as the file says.")
        elif placed.index in shown:
            faults.append(f"Entry {number} of the file is there twice.")
        elif not tells_truly(placed):
            faults.append(f"What the file tells of entry {number} is not what the entry was committed to.")
        else:
            shown[placed.index] = ProvedEntry(placed.leaf, placed.index, placed.told.facts if placed.told else {})
    return [shown[index] for index in sorted(shown)], faults


def stands(placed: Placed, checkpoint: Checkpoint) -> bool:
    """Return whether an entry's path leads from its place to the signed root."""
    root = root_from_inclusion(leaf_hash(placed.text.encode()), placed.index, checkpoint.size, placed.path)
    return root == checkpoint.root


def tells_truly(placed: Placed) -> bool:
    """Return whether what is told of an entry is what it was committed to; nothing told is true."""
    return placed.told is None or placed.told.commitment == placed.leaf.commitment


def _older_faults(bundle: ProofBundle, checkpoint: Checkpoint, key: VerifierKey, older: str) -> Iterator[str]:
    kept = bundle_from(older) if older.lstrip().startswith("{") else None
    try:
        before = open_note(kept.checkpoint if kept else older, key)
    except Refused:
        yield "The checkpoint you kept is not signed by the same key, so the two records cannot be tied together."
        return
    if kept:
        yield from _changed_since(kept, bundle)
    if before.size > checkpoint.size:
        yield f"The record is shorter than the one you kept a checkpoint of: {checkpoint.size:,}, not {before.size:,}."
    elif not _continues(bundle, checkpoint, before):
        yield _why_not(bundle, before, checkpoint)


def _continues(bundle: ProofBundle, checkpoint: Checkpoint, before: Checkpoint) -> bool:
    path = bundle.continuation.path if bundle.continuation and bundle.continuation.size == before.size else ()
    return is_consistent(before.size, before.root, checkpoint.size, checkpoint.root, path)


def _why_not(bundle: ProofBundle, before: Checkpoint, checkpoint: Checkpoint) -> str:
    carried = bundle.continuation is not None and bundle.continuation.size == before.size
    if carried or before.size in {0, checkpoint.size}:
        return f"Of the {before.size:,} entries you kept a checkpoint of, some were changed, removed, added or moved."
    return f"The file has no path from your checkpoint of {before.size:,}. Ask for a proof that continues it."


def _changed_since(kept: ProofBundle, bundle: ProofBundle) -> Iterator[str]:
    """Name each entry that both files hold, but not alike."""
    now = {placed.leaf.id: placed for placed in bundle.entries}
    for placed in kept.entries:
        same = now.get(placed.leaf.id)
        if same and (same.text, same.index) != (placed.text, placed.index):
            yield f"Entry {placed.index:,} ({placed.leaf.action}) is not as it was in the file you kept."
