"""``safeconduct restore``: brings a programme back from a backup, where there is none, or leaves nothing."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from safeconduct.cli.absence import data_folder
from safeconduct.cli.bar import Bar
from safeconduct.cli.programme import use_programme
from safeconduct.cli.screen import Screen, Terminal, is_terminal
from safeconduct.kernel.called import as_called
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.keyfile import OWNER_ONLY_FOLDER, replace_file

if TYPE_CHECKING:
    from safeconduct.backups.parcels import Head
    from safeconduct.backups.replaying import Left
    from safeconduct.backups.restoring import FromLedger, Restored

app = typer.Typer(rich_markup_mode=None)

DEMONSTRATION, PROGRAMME = "demonstration", "programme"
MARK = "restored.json"


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line."""

    file: Path
    ledger: Path | None = None
    ledger_ends: date | None = None
    ledger_lacks: int = 0
    record: Path | None = None
    expired: bool = False


@dataclass
class Place:
    """Where a programme goes, and beside it where it is built. ``stands``: a server has its part for good."""

    data: Path
    stands: bool = False

    @property
    def built(self) -> Path:
        """Return the folder beside, which counts for nothing until it has taken its place."""
        return self.data.with_name(f".{self.data.name}.restoring")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    *,
    ledger: Annotated[Path | None, typer.Option(help="The newest erasure ledger: erasures.jsonl.")] = None,
    ledger_ends: Annotated[str, typer.Option(help="The last day of a ledger that ended long ago.")] = "",
    ledger_lacks: Annotated[int, typer.Option(help="How many lines of it are lost for good, as it was told.")] = 0,
    record: Annotated[Path | None, typer.Option(help="A late export of the record.")] = None,
    expired: Annotated[bool, typer.Option("--expired", help="Take a backup that should be destroyed by now.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Bring a programme back into an empty folder (--data) and database, and lose again what was erased since."""
    if not is_terminal():
        raise Refused("restore.no-terminal", "Cards are typed at a terminal only. Run it without pipes or redirection.")
    asked = Asked(
        file.expanduser(),
        ledger=ledger.expanduser() if ledger else None,
        ledger_ends=_day(ledger_ends),
        ledger_lacks=ledger_lacks,
        record=record.expanduser() if record else None,
        expired=expired,
    )
    if finish_broken_off():
        typer.echo(as_called("A restore that was broken off at its very end stands now. Run 'safeconduct doctor'."))
        return
    done = bring_back(Terminal(), asked)
    typer.echo(_as_json(done) if as_json else as_called(_told(done)))


def bring_back(screen: Screen, asked: Asked) -> "Restored":
    """Check the file, ask for the cards, build everything beside its place, and only then put it there."""
    place = Place(data_folder())
    _check_empty(place.data)
    with _opened(asked.file) as file:
        head = _checked(file, asked)
        # Settings are loaded once, and from then on everything is written beside the place where it will be.
        os.environ["SAFECONDUCT_DATA"] = str(place.built)
        with _folder(place):
            use_programme()
            return _built(screen, file, head, asked, place)


def finish_broken_off() -> bool:
    """Finish a restore that was killed after the server's part stood; answer whether there was one."""
    place = Place(data_folder())
    if not (os.environ.get("SAFECONDUCT_DATABASE") and (place.built / MARK).exists()):
        return False
    os.environ["SAFECONDUCT_DATA"] = str(place.built)
    use_programme()
    from safeconduct.audit import queries as record  # noqa: PLC0415 - needs settings
    from safeconduct.backups import restoring, rows  # noqa: PLC0415 - the same

    backup = UUID(json.loads((place.built / MARK).read_text())["backup"])
    stands = rows.any_row() and any(each.action == "programme.restored" for each in record.entries_for(backup))
    if stands:
        restoring.put_in_place(place.built, place.data)
    os.environ["SAFECONDUCT_DATA"] = str(place.data)
    return stands


def _built(screen: Screen, file: IO[bytes], head: "Head", asked: Asked, place: Place) -> "Restored":
    # Imported late: tables and settings exist only from here on.
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from safeconduct.backups import parcels, restoring, rows  # noqa: PLC0415
    from safeconduct.cli.typed_cards import typed_cards  # noqa: PLC0415
    from safeconduct.vault import cards  # noqa: PLC0415

    if rows.any_row():
        raise _not_empty("the database that SAFECONDUCT_DATABASE names")
    ledger = _ledger(asked, head)
    key = parcels.key_of(head, cards.join(typed_cards(screen)))
    call_command("migrate", verbosity=0, interactive=False)
    replace_file(place.built / MARK, json.dumps({"backup": str(head.id)}).encode())
    bar, size = Bar("Restoring"), asked.file.stat().st_size
    place.stands = connection.vendor == "postgresql"
    try:
        done = restoring.restore(
            file,
            head,
            key,
            from_ledger=ledger,
            progress=lambda at: bar.draw(at, size),
            confirm=lambda left: _confirmed(screen, left),
        )
    finally:
        # Broken off in the very moment of its end it may stand all the same: the server knows.
        place.stands = place.stands and rows.any_row()
    restoring.put_in_place(place.built, place.data)
    return done


def _confirmed(screen: Screen, left: "tuple[Left, ...]") -> bool:
    """Name whoever is in again, and let them be typed one by one: nobody comes in unseen."""
    screen.say("\nThis was done since the backup, and cannot be done again:")
    for each in left:
        screen.say(f"  {each.name} {each.what}, but {each.why}.")
    screen.say("It stands as it was in the backup until you do it again yourselves. Type each name, if that may be so.")
    return all(screen.ask(each.name) == each.name for each in left)


def _ledger(asked: Asked, head: "Head") -> "FromLedger":
    from safeconduct.backups import elsewhere  # noqa: PLC0415 - needs settings
    from safeconduct.backups.restoring import FromLedger  # noqa: PLC0415 - the same
    from safeconduct.vault import ledger  # noqa: PLC0415 - the same

    if asked.ledger is None and not os.environ.get("SAFECONDUCT_LEDGER"):
        raise Refused("restore.ledger-unnamed", f"Name the erasure ledger. {ledger.BRING_IT}")
    path = asked.ledger or ledger.ledger_file()
    if not path.is_file():
        # Said before anybody has typed two cards for nothing.
        raise Refused("restore.no-ledger", f"There is no file {path}. {ledger.BRING_IT}")
    recorded = [elsewhere.exported_record(asked.record)] if asked.record else []
    seen = (*elsewhere.later_backups(asked.file, head), *recorded)
    return FromLedger(path, asked.ledger_ends, asked.ledger_lacks, seen)


def _checked(file: IO[bytes], asked: Asked) -> "Head":
    """Refuse a file that is damaged, expired, or of the other kind than this service is set to."""
    from safeconduct.backups import made, parcels  # noqa: PLC0415 - a moment to import, which --help must not spend

    head = parcels.head_of(file)
    start, size = file.tell(), asked.file.stat().st_size
    bar = Bar("Reading")
    for read in parcels.check_sum(file):
        bar.draw(read, size)
    bar.draw(size, size)
    file.seek(start)
    _check_kind(head)
    if made.expired(head.made_on) and not asked.expired:
        sentence = (
            f"This backup is of {head.made_on.isoformat()} and should be destroyed by now: people were told that what "
            "is erased is gone for good after 30 days. If there is no newer one, say so with --expired. "
            "The ledger's erasures are done again all the same."
        )
        raise Refused("restore.expired", sentence)
    return head


def _check_kind(head: "Head") -> None:
    demonstration = os.environ.get("SAFECONDUCT_DEMONSTRATION", "").strip().lower() in {"1", "yes", "true", "on"}
    if head.context == PROGRAMME and demonstration:
        sentence = "This is a backup of a real programme. Leave SAFECONDUCT_DEMONSTRATION unset to restore it."
        raise Refused("restore.real", sentence)
    if head.context == DEMONSTRATION and not demonstration:
        sentence = (
            "This is a backup of a demonstration, and opens nothing real. Set SAFECONDUCT_DEMONSTRATION=yes for it."
        )
        raise Refused("restore.demonstration", sentence)


def _check_empty(data: Path) -> None:
    if data.exists() and any(data.iterdir()):
        raise _not_empty(str(data))


def _not_empty(where: str) -> Refused:
    sentence = (
        f"Something lies in {where} already. A backup is brought back into an empty place only: "
        "name a new folder with --data, and an empty database."
    )
    return Refused("restore.not-empty", sentence)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open the backup and hold it, so that no two restores of it run at once."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
    except FileNotFoundError as fault:
        raise Refused("restore.no-file", f"There is no file {path}. Check its name.") from fault
    except BlockingIOError as fault:
        raise Refused("restore.twice", "This backup is being restored already. Wait until that has ended.") from fault
    except OSError as fault:
        sentence = "A file cannot be read or written. See that there is room and that the folders are yours."
        raise Unavailable("restore.disk", sentence) from fault


@contextmanager
def _folder(place: Place) -> Iterator[None]:
    """Give an empty folder beside the place, and take it away again unless it was put there."""
    # What a killed restore left counts for nothing: its database transaction never ended.
    shutil.rmtree(place.built, ignore_errors=True)
    place.built.mkdir(mode=OWNER_ONLY_FOLDER)
    try:
        yield
    finally:
        if not place.stands:
            shutil.rmtree(place.built, ignore_errors=True)


def _told(done: "Restored") -> str:
    return f"""\
Brought back as of {done.made_on.isoformat()}: {sum(done.tables.values()):,} rows, {done.files:,} sealed files.
{done.erasures:,} erasures since were done again, from a ledger that ends on {done.ledger_ends.isoformat()}.
{done.taken:,} times somebody was put out or a key ended since: done again{_but(done)}.
The record holds: {done.entries:,} entries. Nobody is signed in.
Next:
  safeconduct doctor      what is missing: tokens and keys that act on platforms are in no backup
  safeconduct members sign      teams whose keys were replaced again wait for two custodians
  Holds, in the console         whatever was held since the backup is held no longer: hold it again before its day
Tell partners that the record was cut short to that day: their newer proofs still hold by themselves."""


def _but(done: "Restored") -> str:
    return f", but for {', '.join(each.name for each in done.left)}" if done.left else ""


def _as_json(done: "Restored") -> str:
    said = {
        "backup": str(done.id),
        "made_on": done.made_on.isoformat(),
        "rows": sum(done.tables.values()),
        "files": done.files,
        "erasures": done.erasures,
        "taken_again": done.taken,
        "left_in": [each.name for each in done.left],
        "ledger_ends": done.ledger_ends.isoformat(),
        "entries": done.entries,
    }
    return json.dumps(said, indent=1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise Refused("restore.day", "Write the day as 2026-11-30.") from fault
