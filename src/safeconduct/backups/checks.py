"""What doctor looks at here: backups that should be gone, a backup that is old, a ledger that would be lost with us."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from safeconduct.backups import made, recipients
from safeconduct.kernel import clock
from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.vault import EnvelopeKind, ledger, owed
from safeconduct.vault.queries import is_anything_of

FRESH = timedelta(days=7)
CARDS = "A lead and a custodian make the cards that open backups: 'safeconduct backup cards'."
CUT = (
    "Find out who can write to it. If nothing was noted since, put a whole copy back; if not, make a backup now and "
    "destroy every earlier one, for what those lines tell of would come back with them."
)
EVERY_NIGHT = "Run 'safeconduct backup FILE' every night, and carry the file elsewhere."


@dataclass(frozen=True)
class Backups:
    """No backup is older than it may be, and from the first report on there is a new one. Before that it is a note."""

    name: str = "backups"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Look at the list of those made here, and whether their files still lie where they were written."""
        if late := made.too_old():
            names = ", ".join(each.path for each in late)
            return Diagnosis(f"These backups should have been destroyed: {names}.", "Destroy them and every copy.")
        newest = max((each.made_on for each in made.backups_made()), default="")
        said = f"The last backup is of {newest}." if newest else "No backup was made from this folder yet."
        if newest and clock.now().date() - date.fromisoformat(newest) <= FRESH:
            return Diagnosis(said)
        return _without_a_new_one(said, ever=bool(newest))


def _without_a_new_one(said: str, *, ever: bool) -> Diagnosis:
    if settings.DEMONSTRATION and not ever:
        return Diagnosis(f"{said} A demonstration has nothing to lose.")
    cards = recipients.recipient_file().exists()
    if ever or is_anything_of(EnvelopeKind.CONVERSATION):
        lost = "" if ever else " What people reported would be lost with this disk."
        return Diagnosis(said + lost, EVERY_NIGHT if cards else f"{CARDS} Then: {EVERY_NIGHT}")
    return Diagnosis(f"{said} Before the first report arrives: {EVERY_NIGHT if cards else CARDS}")


@dataclass(frozen=True)
class Ledger:
    """The erasure ledger can be read, and a broken disk does not take it along with the data."""

    name: str = "erasure ledger"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Read all of it, and ask on which disk it lies."""
        path = ledger.ledger_file()
        if not ledger.key_file().exists():
            return Diagnosis("Nothing was erased yet, and no backup made.")
        lines = ledger.every_line()
        if gone := ledger.missed(lines):
            return Diagnosis(_missing(gone), CUT)
        if waiting := owed.waiting():
            mend = f"See that {path} can be written: a restore would let back in whoever those lines are about."
            return Diagnosis(f"The erasure ledger could not be given {waiting:,} lines. They wait.", mend)
        if recipients.recipient_file().exists() and not settings.DEMONSTRATION and _on_the_disk_of_the_data(path):
            mend = "Move its folder to another disk and name it: SAFECONDUCT_LEDGER. No backup is restored without it."
            return Diagnosis("The erasure ledger lies on the disk of the data, and would be lost with it.", mend)
        return Diagnosis(f"The erasure ledger has {len(lines):,} lines, to {lines[-1].day if lines else 'no day'}.")


def _missing(lines: int) -> str:
    what = "a line" if lines == 1 else f"{lines:,} lines"
    return f"The erasure ledger lacks {what} of which the record tells: it was cut short."


def _on_the_disk_of_the_data(path: Path) -> bool:
    return path.stat().st_dev == Path(settings.DATA).stat().st_dev


CHECKS: tuple[Check, ...] = (Backups(), Ledger())
