"""``safeconduct init``: founds a real, empty programme. Nothing is kept until everyone has what is theirs."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from safeconduct.cli.absence import data_folder
from safeconduct.cli.programme import use_programme
from safeconduct.cli.screen import Screen, Terminal, is_terminal
from safeconduct.kernel.called import as_called
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.keyfile import OWNER_ONLY_FOLDER, private_folder, replace_file

KIND = "kind.json"
AFTER = """\
The programme is founded. Next:
  safeconduct doctor          what is still missing
  safeconduct backup cards    paper cards that open backups; no backup is made without them
  safeconduct serve           the pages, behind your HTTPS proxy
  safeconduct channel open partners    once a pager is tested; or: invited, public
Keep a copy of {keys} apart from the backups of the database."""

app = typer.Typer(rich_markup_mode=None)


@app.command()
def init() -> None:
    """Start a real, empty programme, with its people at the keyboard one after the other."""
    if not is_terminal():
        sentence = (
            "This shows secrets, so it speaks to a person at a terminal only. Run it without pipes or redirection."
        )
        raise Refused("init.no-terminal", sentence)
    found(Terminal())


def found(screen: Screen) -> None:
    """Ask, found, hand over; then commit, or leave nothing behind."""
    with _nothing_half_made(data_folder()) as stands:
        _make_folder(data_folder())
        use_programme()
        _found(screen, stands)


def _found(screen: Screen, stands: Callable[[], None]) -> None:
    # Imported late: tables and settings exist only from here on.
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from safeconduct.accounts import services  # noqa: PLC0415
    from safeconduct.cli import founders, handing_over  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    services.check_not_founded()
    people = founders.agreed(screen, founders.founders(screen))
    services.check_founders(people, founders.TEAMS)
    with services.founding_undone_on_failure(), transaction.atomic():
        transaction.on_commit(stands)
        handing_over.hand_over(screen, services.found_programme(people, founders.TEAMS))
    replace_file(data_folder() / KIND, json.dumps({"kind": "programme"}).encode())
    screen.say(as_called(AFTER.format(keys=data_folder() / "keys")))


@contextmanager
def _nothing_half_made(folder: Path) -> Iterator[Callable[[], None]]:
    """Take away what this run made in an empty place, unless it was told that a programme stands there now."""
    stood, standing = folder.is_dir(), [True] * _holds_something(folder)
    try:
        yield lambda: standing.append(True)
    except BaseException:
        if not standing:
            _empty(folder)
            if folder.is_dir() and not stood:
                folder.rmdir()
        raise


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _empty(folder: Path) -> None:
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def _make_folder(folder: Path) -> None:
    try:
        check_not_demonstration(folder)
        private_folder(folder)
        folder.chmod(OWNER_ONLY_FOLDER)
    except OSError as fault:
        sentence = f"{folder} cannot be made a folder of this account's. Name another one with --data."
        raise Unavailable("init.folder", sentence) from fault


def check_not_demonstration(folder: Path) -> None:
    """Refuse to turn a demonstration into a programme: its people's secrets were shown to everyone."""
    kind = folder / KIND
    shown = kind.exists() and json.loads(kind.read_text()).get("kind") == "demonstration"
    asked = os.environ.get("SAFECONDUCT_DEMONSTRATION", "").strip().lower() in {"1", "yes", "true", "on"}
    if shown or asked:
        sentence = (
            "This is a demonstration, and its secrets are known. "
            "Choose an empty folder: safeconduct init --data FOLDER. Leave SAFECONDUCT_DEMONSTRATION unset."
        )
        raise Refused("init.demonstration", sentence)
