"""``safeconduct numbers``: checks published numbers on anyone's machine. Needs no settings, database or network."""

import json
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.audit.proofs import Verdict, verify_bundle
from safeconduct.cli.paper import SOMETHING_WRONG, beside, ending, text_of
from safeconduct.domains.transparency.rules.fingerprint import fingerprint_id

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Check that published numbers were not changed.")

File = Annotated[Path, typer.Argument(help="The numbers as JSON, as they were published.")]
Proof = Annotated[Path, typer.Argument(help="The proof that is published beside them.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Key = Annotated[str | None, typer.Option(help="The service's verifier key, as you were given it by another way.")]
NOT_THIS_FILE = "The proof is of another file: this one was changed, or never published by this service."
STANDS = "Whoever holds the key signed a record in which exactly this file was published, byte for byte."


@app.callback()
def numbers() -> None:
    """Check that published numbers were not changed."""


@app.command()
def verify(file: File, proof: Proof, *, key: Key = None, as_json: AsJson = False) -> None:
    """Say whether a file of numbers is the one that was published. Exit code 3 if it is not."""
    verdict = verify_bundle(text_of(proof), pinned_key=key)
    fingerprint = fingerprint_id(text_of(file).encode())
    about_it = [entry for entry in verdict.entries if entry.leaf.subject == fingerprint]
    faults = (*verdict.faults, *(() if about_it else (NOT_THIS_FILE,)))
    said = json.dumps({"unchanged": not faults, "faults": faults, "not_proved": verdict.not_proved}, indent=2)
    typer.echo(said if as_json else _said(verdict, file.name, faults, pinned=key is not None))
    if faults:
        raise typer.Exit(SOMETHING_WRONG)


def _said(verdict: Verdict, name: str, faults: tuple[str, ...], *, pinned: bool) -> str:
    head = [beside("Read", name), beside("Key", f"{verdict.key} the one {'you gave' if pinned else 'in the proof'}")]
    body = [beside("Failed", fault) for fault in faults] or [beside("Proved", STANDS)]
    body += [beside("Not proved", sentence) for sentence in verdict.not_proved]
    end = ending(SOMETHING_WRONG, "these are not the numbers") if faults else ending(0, "the numbers are unchanged")
    return "\n\n".join("\n".join(part) for part in (head, body, [end]))
