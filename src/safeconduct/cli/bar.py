"""A bar for long work, drawn where errors go and only for a person who looks."""

import sys

import typer

WIDTH = 24


class Bar:
    """Draws how far some work has come, each percent once."""

    def __init__(self, label: str) -> None:
        self._label, self._drawn, self._seen = label, -1, sys.stderr.isatty()

    def draw(self, done: int, of: int) -> None:
        """Show how much is done."""
        percent = 100 if of <= 0 else min(100, done * 100 // of)
        if not self._seen or percent == self._drawn:
            return
        self._drawn = percent
        filled = "#" * (percent * WIDTH // 100)
        typer.echo(f"\r{self._label:<12}[{filled:<{WIDTH}}] {percent:>3} %", err=True, nl=percent == 100)  # noqa: PLR2004 - all of it
