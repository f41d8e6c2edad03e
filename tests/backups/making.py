"""A programme with a backup, and the same database emptied for what comes back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from safeconduct.audit import services as audit
from safeconduct.audit import triggers
from safeconduct.backups import making, parcels, recipients, restoring
from safeconduct.kernel.actors import OPERATOR
from safeconduct.vault import cards, ledger


@dataclass
class Backed:
    """The cards of a backup, and the file."""

    cards: tuple[str, str, str]
    file: Path

    @property
    def seed(self) -> bytes:
        return cards.join(self.cards[:2])


def quietly(*_progress: object) -> None:
    """Show no progress."""


def make_cards() -> tuple[str, str, str]:
    return recipients.new_cards(by=OPERATOR, agreed=OPERATOR)[1]


def back_up(printed: tuple[str, str, str], file: Path) -> Backed:
    audit.sequence_pending()
    making.back_up(file, progress=quietly)
    return Backed(printed, file)


def lose_everything(settings: Any, elsewhere: Path) -> Path:
    """Empty the database and name another data folder, as on a new machine; return the ledger that was kept."""
    kept = ledger.ledger_file()
    triggers.take_down(connection)
    # Numbers go on where they were: worlds that are put back for later tests bring theirs along.
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    triggers.put_up(connection)
    elsewhere.mkdir()
    settings.DATA = elsewhere
    return kept


def bring_back(
    backed: Backed, from_ledger: Path, *, confirm: restoring.Confirm = restoring.nobody_confirms, **more: Any
) -> restoring.Restored:
    with backed.file.open("rb") as file:
        head = parcels.head_of(file)
        key = parcels.key_of(head, backed.seed)
        where = restoring.FromLedger(from_ledger, **more)
        return restoring.restore(file, head, key, from_ledger=where, progress=quietly, confirm=confirm)
