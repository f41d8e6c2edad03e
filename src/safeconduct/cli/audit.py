"""``safeconduct audit``: checks the record, exports it, and hands out what others need to check it."""

import json
import os
import sys
from collections.abc import Collection, Iterator
from itertools import repeat
from pathlib import Path
from typing import Annotated, Any

import typer

from safeconduct.audit import queries, services
from safeconduct.audit.damage import Damage, DamageKind
from safeconduct.audit.queries import Verification
from safeconduct.cli import following
from safeconduct.cli.paper import SOMETHING_WRONG, beside, count_of, ending, text_of
from safeconduct.kernel.errors import Refused, Unavailable

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Verify and export the record.")

LONG = 20_000
UNHELD = (
    "That nobody who has the signing key made the record over, or cut its end off. "
    "A checkpoint kept elsewhere shows it: --held FILE."
)
OWNER_ONLY = 0o600

app.command("follow")(following.follow)

HeldFiles = Annotated[list[Path] | None, typer.Option("--held", help="A checkpoint or proof kept elsewhere.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
To = Annotated[Path | None, typer.Option("--to", help="A new file to write, readable by you alone.")]
JustKey = Annotated[bool, typer.Option("--key", help="Print the verifier key instead: give it to partners once.")]


@app.command()
def verify(*, held: HeldFiles = None, as_json: AsJson = False) -> None:
    """Name every changed, removed, inserted or moved entry. Exit code 3 if there is any, 1 if it cannot be checked."""
    checked = queries.verify(*(text_of(file) for file in held or []), progress=_show_progress)
    typer.echo(_as_json(checked) if as_json else _as_text(checked))
    if not checked.holds:
        raise typer.Exit(SOMETHING_WRONG)


@app.command()
def export(*, to: To = None) -> None:
    """Write the record as JSON lines: every entry, then the signed checkpoint and its key."""
    if to is None:
        for line in queries.export_lines():
            typer.echo(line)
        return
    try:
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except OSError as fault:
        sentence = f"The file {to} cannot be made. Name a new file in a folder of yours."
        raise Unavailable("export.unwritable", sentence) from fault
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in queries.export_lines())


@app.command()
def checkpoint(*, key: JustKey = False, as_json: AsJson = False) -> None:
    """Sign what waits and print the newest checkpoint. Keep copies where nobody here can change them."""
    services.sequence_pending()
    newest = queries.newest_checkpoint()
    if newest is None:
        raise Refused("audit.nothing", "Nothing has been recorded yet, so there is nothing to sign.")
    if as_json:
        typer.echo(json.dumps({"checkpoint": newest, "key": queries.verifier_key()}, ensure_ascii=False))
    else:
        typer.echo(queries.verifier_key() if key else newest, nl=key)


def _show_progress(read: int, size: int) -> None:
    if size > LONG and sys.stderr.isatty():
        end = "\n" if read == size else ""
        typer.echo(f"\rReading     {read:,} of {size:,} entries", err=True, nl=False)
        typer.echo(end, err=True, nl=False)


def _as_text(checked: Verification) -> str:
    read = f"{count_of(checked.size, 'entry', 'entries')}, {count_of(checked.checkpoints, 'checkpoint', 'checkpoints')}"
    head = [beside("Read", read)]
    if checked.held:
        head.append(beside("Held", f"{count_of(checked.held, 'file', 'files')} from elsewhere"))
    if checked.waiting:
        head.append(beside("Not read", f"{count_of(checked.waiting, 'entry', 'entries')} still waiting for a place"))
    said = [beside("Sound", "Every entry, every hash and every signature fits.")] if checked.holds else []
    if not checked.held:
        said.append(beside("Not shown", UNHELD))
    end = ending(0, "the record is sound") if checked.holds else ending(SOMETHING_WRONG, "the record is damaged")
    parts = (head, *_by_kind(checked.damages), said, [end])
    return "\n\n".join("\n".join(part) for part in parts if part)


def _by_kind(damages: Collection[Damage]) -> Iterator[list[str]]:
    """Yield what is wrong, one kind after the other: first what happened to entries, then to what holds them."""
    if damages:
        yield [beside("Wrong", f"{count_of(len(damages), 'finding', 'findings')}, by kind.")]
    for kind in DamageKind:
        alike = [damage for damage in damages if damage.kind is kind]
        labels = (kind.capitalize(), *repeat("", len(alike)))
        if alike:
            yield [beside(label, damage.sentence) for label, damage in zip(labels, alike, strict=False)]


def _as_json(checked: Verification) -> str:
    said: dict[str, Any] = {
        "sound": checked.holds,
        "entries": checked.size,
        "waiting": checked.waiting,
        "checkpoints": checked.checkpoints,
        "held": checked.held,
        "damage": [
            {"kind": one.kind, "first": one.first, "last": one.last, "entry": one.entry, "sentence": one.sentence}
            for one in checked.damages
        ],
    }
    return json.dumps(said, indent=2)
