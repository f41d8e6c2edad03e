"""What is known elsewhere of the erasure ledger: the one that is named for a restore is held against it first.

A copy that is older, or was cut short, is as sound as the newest: only something that saw later lines tells.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from safeconduct.backups import parcels
from safeconduct.backups.parcels import Head
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault import ledger
from safeconduct.vault.ledger import Line


@dataclass(frozen=True)
class Witness:
    """A place that saw lines of the ledger, by their marks."""

    place: Path
    marks: frozenset[UUID]


def other_ledger(named: Path, secret: bytes) -> Iterator[Witness]:
    """Yield the ledger that lies where this service keeps it, where another one was named."""
    kept = ledger.ledger_file()
    if kept.exists() and not kept.samefile(named):
        yield Witness(kept, frozenset(line.mark for line in ledger.sound_part(kept, secret)))


def later_backups(file: Path, head: Head) -> Iterator[Witness]:
    """Yield the later backups that lie beside this one, of the same cards. No card is needed to read their mark."""
    for path in sorted(each for each in file.parent.iterdir() if each.is_file() and each != file):
        with suppress(Refused, OSError), path.open("rb") as opened:
            other = parcels.head_of(opened)
            if other.recipient == head.recipient and other.made_at >= head.made_at:
                yield Witness(path, frozenset({other.ledger}))


def exported_record(path: Path) -> Witness:
    """Return what an exported record, or the lines that another system followed, tell of the ledger."""
    try:
        said = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
        marks = frozenset(UUID(each["subject"]) for each in said if each.get("action") == ledger.WRITTEN)
    except OSError as fault:
        raise Unavailable("restore.no-record", f"The record {path} cannot be read. Check its name.") from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        sentence = f"The file {path} is no exported record. Name what 'safeconduct audit export' or 'follow' wrote."
        raise Refused("restore.foreign-record", sentence) from fault
    return Witness(path, marks)


def check_nothing_lacks(lines: list[Line], witnesses: list[Witness], *, accepted: int) -> int:
    """Refuse a ledger that lacks lines which others saw, unless somebody said how many are lost; return how many."""
    ours = {line.mark for line in lines}
    lacking = frozenset[UUID]().union(*(each.marks for each in witnesses)) - ours
    if len(lacking) != accepted:
        raise _lacks(len(lacking), [each.place for each in witnesses if each.marks & lacking])
    return len(lacking)


def _lacks(lines: int, places: list[Path]) -> Refused:
    if not lines:
        sentence = "This erasure ledger lacks no line that is known elsewhere. Leave --ledger-lacks out."
        return Refused("restore.ledger-whole", sentence)
    seen = ", ".join(str(each) for each in places)
    sentence = (
        f"This erasure ledger is an older copy or was cut short: it lacks {lines} or more lines that {seen} knows. "
        "Nothing was changed. Name the newest copy with --ledger; what was erased since would come back with this one. "
        f"If there is no other, say so: --ledger-lacks {lines}"
    )
    return Refused("restore.ledger-lacks", sentence)
