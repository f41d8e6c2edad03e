"""``safeconduct proof``: judges a proof on anyone's machine. Needs no settings, no database and no network."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from safeconduct.audit.leaves import MINUTE
from safeconduct.audit.proofs import ProvedEntry, Verdict, verify_bundle
from safeconduct.cli.paper import SOMETHING_WRONG, beside, count_of, ending, lasted, text_of
from safeconduct.kernel.errors import Refused

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Verify a proof that a partner was given.")

File = Annotated[Path, typer.Argument(help="The proof file, or - for what comes in by the pipe.")]
Key = Annotated[str | None, typer.Option(help="The service's verifier key as you were given it, or a file with it.")]
Older = Annotated[Path | None, typer.Option(help="A checkpoint or proof file you kept: is the record still the same?")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


# What an entry may have been committed to, as people read it.
WORDS = {
    "severity": "severity",
    "reply_due": "reply promised by",
    "settle_due": "end promised by",
    "outcome": "decided as",
}


@app.callback()
def proof() -> None:
    """Verify a proof that a partner was given."""


@app.command()
def verify(file: File, *, key: Key = None, older: Older = None, as_json: AsJson = False) -> None:
    """Say what a proof file shows and what it does not. Exit code 3 if it does not hold, 1 if it cannot be judged."""
    verdict = verify_bundle(
        text_of(file),
        pinned_key=_key(key) if key else None,
        older=text_of(older) if older else None,
    )
    typer.echo(_as_json(verdict) if as_json else _as_text(verdict, file.name, pinned=key is not None))
    if not verdict.holds:
        raise typer.Exit(SOMETHING_WRONG)


def _key(given: str) -> str:
    # A verifier key is name+id+key; hardly any file is called so.
    if "+" not in given and not Path(given).exists():
        sentence = f"{given} is neither a verifier key, which has the form name+id+key, nor a file with one."
        raise Refused("proof.key", sentence)
    return given if "+" in given else text_of(Path(given))


def _as_text(verdict: Verdict, name: str, *, pinned: bool) -> str:
    whose = "the one you gave" if pinned else "the one in the file"
    size = f", and a checkpoint of {verdict.checkpoint.size:,} entries" if verdict.checkpoint else ""
    head = [
        beside("Read", f"{name}: {count_of(len(verdict.entries), 'entry that stands', 'entries that stand')}{size}"),
        beside("Key", f"{verdict.key} {whose}"),
        *(beside("About", str(subject)) for subject in dict.fromkeys(entry.leaf.subject for entry in verdict.entries)),
    ]
    said = [
        *(beside("Failed", sentence) for sentence in verdict.faults),
        *(beside("Proved", sentence) for sentence in verdict.proved),
        *(beside("Not proved", sentence) for sentence in verdict.not_proved),
    ]
    end = ending(0, "the proof holds") if verdict.holds else ending(SOMETHING_WRONG, "the proof does not hold")
    return "\n\n".join("\n".join(part) for part in (head, _entries(verdict), said, [end]) if part)


def _entries(verdict: Verdict) -> list[str]:
    return [line for entry in verdict.entries for line in _entry(entry, verdict.entries[0])]


def _entry(entry: ProvedEntry, first: ProvedEntry) -> list[str]:
    time = f"{entry.leaf.at:%Y-%m-%d %H:%M} UTC"
    later = entry.leaf.at - first.leaf.at
    since = f", {lasted(later)} after the first" if later else ""
    beneath = " " * len(time)
    said = [f"{beneath}  {words}: {told}" for word, words in WORDS.items() if (told := _told(entry.facts.get(word)))]
    return [f"{time}  {entry.leaf.action}", f"{beneath}  entry {entry.index:,}{since}", *said]


def _told(fact: str | int | None) -> str:
    try:
        return f"{datetime.strptime(str(fact or ''), MINUTE):%Y-%m-%d %H:%M} UTC"  # noqa: DTZ007 - its last letter says UTC
    except ValueError:
        return str(fact or "")


def _as_json(verdict: Verdict) -> str:
    checkpoint = verdict.checkpoint
    said: dict[str, Any] = {
        "holds": verdict.holds,
        "key": str(verdict.key),
        "checkpoint": {"size": checkpoint.size, "root": checkpoint.root.hex()} if checkpoint else None,
        "entries": [_entry_as_data(entry) for entry in verdict.entries],
        "proved": verdict.proved,
        "not_proved": verdict.not_proved,
        "faults": verdict.faults,
    }
    return json.dumps(said, indent=2)


def _entry_as_data(entry: ProvedEntry) -> dict[str, Any]:
    leaf = entry.leaf
    return {
        "index": entry.index,
        "at": leaf.at.strftime(MINUTE),
        "action": leaf.action,
        "by": str(leaf.by),
        "subject": str(leaf.subject),
        "id": str(leaf.id),
        "facts": dict(entry.facts),
    }
