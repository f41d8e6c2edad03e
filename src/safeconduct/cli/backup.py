"""``safeconduct backup``: writes the programme into one sealed file, checks such files, makes the cards for them."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from safeconduct.accounts.services.putting_out import agreed_apart_from
from safeconduct.accounts.values import Role
from safeconduct.backups import made, making, parcels, reading, recipients
from safeconduct.backups.making import Backup
from safeconduct.cli import handing_over
from safeconduct.cli.bar import Bar
from safeconduct.cli.keyboard import at_the_keyboard, custodian_agrees
from safeconduct.cli.paper import count_of
from safeconduct.cli.screen import Screen, Terminal, is_terminal
from safeconduct.cli.typed_cards import typed_cards
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault import cards, ledger

MAKE = "make"


class FileOrCommand(TyperGroup):
    """Takes ``backup FILE`` for ``backup make FILE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer keeps its types to itself
        """Put the word in that may be left out."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = [MAKE, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


app = typer.Typer(cls=FileOrCommand, rich_markup_mode=None, no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
NewFile = Annotated[Path, typer.Argument(help="A new file, outside the data folder.")]


@app.command(MAKE)
def make(file: NewFile, *, as_json: AsJson = False) -> None:
    """Write everything into one file that only two of the three backup cards open. The word make may be left out."""
    bars = {"rows": Bar("Tables"), "files": Bar("Files")}
    written = making.back_up(file.expanduser(), progress=lambda what, done, of: bars[what].draw(done, of))
    typer.echo(_as_json(written) if as_json else _told(written))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    *,
    with_cards: Annotated[bool, typer.Option("--cards", help="Open it with two cards and check all of it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check a backup: whether it is whole and until when it may exist; with two cards, everything in it."""
    if with_cards and not is_terminal():
        raise Refused("backup.no-terminal", "Cards are typed at a terminal only. Run it without pipes or redirection.")
    said = check(file.expanduser(), Terminal() if with_cards else None)
    typer.echo(json.dumps(said, indent=1) if as_json else _checked(said))


@app.command("cards")
def new_cards() -> None:
    """Make the three paper cards that open backups from now on, as a lead with whom a custodian agrees."""
    if not is_terminal():
        raise Refused("backup.no-terminal", "Cards are shown at a terminal only. Run it without pipes or redirection.")
    hand_out(Terminal())


def hand_out(screen: Screen) -> None:
    """Let a lead sign in and a custodian agree, then show each card to its keeper alone."""
    with at_the_keyboard(screen) as desk:
        desk.must(Role.LEAD)
        screen.say("A custodian, who agrees that cards for backups are made, signs in now.")
        with custodian_agrees(screen) as agreement:
            agreed = agreed_apart_from({desk.member_id}, agreement)
            made_id, printed = recipients.new_cards(by=desk.actor, agreed=agreed.actor)
    handing_over.show_each(screen, f"backup set {str(made_id)[:8]}", printed, "open every backup made from now on")
    screen.say("Backups made before need the cards of their own set. Keep both until those backups are destroyed.")


def check(file: Path, screen: Screen | None) -> dict[str, Any]:
    """Return what a backup says of itself, once it is found to be whole."""
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            head = parcels.head_of(opened)
            bar = Bar("Reading")
            for read in parcels.check_sum(opened):
                bar.draw(read, size)
            bar.draw(size, size)
            inside = _inside(file, head, screen) if screen else {}
    except OSError as fault:
        raise Unavailable("backup.unreadable", f"The file {file} cannot be read. Check its name and rights.") from fault
    return {
        "backup": str(head.id),
        "of": head.context,
        "made_at": head.made_at.isoformat(),
        "cards": str(head.recipient)[:8],
        "destroy_by": made.last_day(head.made_on).isoformat(),
        "expired": made.expired(head.made_on),
        "size_bytes": size,
        **inside,
    }


def _inside(file: Path, head: parcels.Head, screen: Screen) -> dict[str, Any]:
    key = parcels.key_of(head, cards.join(typed_cards(screen)))
    bar, size = Bar("Opening"), file.stat().st_size
    with file.open("rb") as again:
        parcels.head_of(again)
        opening = parcels.Opening(again, head, key)
        rows, files = reading.read(opening, reading.Taker(), lambda at: bar.draw(at, size))
    return {"rows": sum(rows.values()), "files": files}


def _as_json(written: Backup) -> str:
    said = {
        "backup": str(written.id),
        "file": str(written.file),
        "made_on": written.made_on,
        "destroy_by": written.destroy_by,
        "cards": str(written.cards)[:8],
        "rows": sum(written.tables.values()),
        "files": written.files,
        "size_bytes": written.size_bytes,
        "ledger_line": written.ledger_line,
    }
    return json.dumps(said, indent=1)


def _told(written: Backup) -> str:
    rows = count_of(sum(written.tables.values()), "row", "rows")
    return (
        f"{written.file}: {rows} and {count_of(written.files, 'sealed file', 'sealed files')}, "
        f"{written.size_bytes:,} bytes.\n"
        f"Two of the three cards of set {str(written.cards)[:8]} open it. Destroy it by {written.destroy_by}: what is\n"
        "erased meanwhile is gone for good only once every backup made before is gone.\n"
        f"The erasure ledger is not in it. A restore needs the newest copy: {ledger.ledger_file()}"
    )


def _checked(said: dict[str, Any]) -> str:
    lines = [
        f"Backup {said['backup']} of a {said['of']}, made {said['made_at']}, {said['size_bytes']:,} bytes: whole.",
        f"It opens with two of the cards of set {said['cards']}.",
    ]
    if "rows" in said:
        lines.append(f"Opened: {said['rows']:,} rows and {said['files']:,} sealed files, each piece as it was written.")
    else:
        lines.append("What is in it was not opened: that needs two cards (--cards).")
    past = "It should have been destroyed by" if said["expired"] else "Destroy it by"
    return "\n".join([*lines, f"{past} {said['destroy_by']}."])
