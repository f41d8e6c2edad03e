"""The terminal as a place where secrets may be shown: to one person, once, and cleared after."""

import io
import sys
from typing import Protocol

import segno
import typer

# Clear the page, then what has scrolled away, then go to the top.
CLEARED = "\x1b[2J\x1b[3J\x1b[H"


class Screen(Protocol):
    """Where questions are asked and secrets are shown."""

    def say(self, text: str) -> None:
        """Show text that anyone may see."""

    def ask(self, question: str, *, default: str | None = None) -> str:
        """Return one line typed in answer."""

    def ask_hidden(self, question: str) -> str:
        """Return one line that is not shown while it is typed."""

    def agree(self, question: str) -> bool:
        """Return whether the answer was yes; no is the default."""

    def clear(self) -> None:
        """Take away everything that was shown."""


class Terminal:
    """The terminal this process was started from."""

    def say(self, text: str) -> None:
        """Print a line."""
        typer.echo(text)

    def ask(self, question: str, *, default: str | None = None) -> str:
        """Prompt; an empty line stands for the default."""
        return str(typer.prompt(question, default=default, show_default=bool(default))).strip()

    def ask_hidden(self, question: str) -> str:
        """Prompt without an echo."""
        return str(typer.prompt(question, hide_input=True)).strip()

    def agree(self, question: str) -> bool:
        """Prompt for yes or no."""
        return typer.confirm(question, default=False)

    def clear(self) -> None:
        """Clear the page and its history."""
        typer.echo(CLEARED, nl=False)


def is_terminal() -> bool:
    """Say whether a person sits at both ends: a secret must not end in a pipe, a file or a job's log."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def qr_code(address: str) -> str:
    """Return a QR code drawn in characters."""
    out = io.StringIO()
    segno.make(address, error="m").terminal(out=out, compact=True)
    return out.getvalue()
