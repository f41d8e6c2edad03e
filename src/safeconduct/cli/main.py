"""The ``safeconduct`` command. Its topics are in ``lazily.TOPICS``, one file each."""

from pathlib import Path
from typing import Annotated

import typer

from safeconduct import __version__
from safeconduct.cli.lazily import TOPICS, LazyGroup
from safeconduct.kernel import called

# No pretty tracebacks: they print local variables, and ours hold secrets.
app = typer.Typer(
    name="safeconduct",
    cls=LazyGroup,
    help="Protects human rights defenders on an online platform.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    Path | None,
    typer.Option(help="The folder that holds database, files and keys; before or after the command."),
]
Version = Annotated[bool, typer.Option("--version", help="Say which version this is.")]


@app.callback(invoke_without_command=True)
def options(data: Data = None, *, version: Version = False) -> None:  # noqa: ARG001 - LazyGroup names the folder
    """Protects human rights defenders on an online platform."""
    if version:
        typer.echo(f"safeconduct {__version__}")
        raise typer.Exit


def every_command() -> list[str]:
    """Return every command as it is typed, for whoever checks that each is documented."""
    own = [f"safeconduct {_word(each)}" for each in app.registered_commands]
    return own + [
        line for topic in TOPICS for line in _lines(topic.word, topic.typer_app(), grouped=topic.has_commands)
    ]


def _lines(word: str, topic: typer.Typer, *, grouped: bool) -> list[str]:
    if not grouped:
        return [f"safeconduct {word}"]
    return [f"safeconduct {word} {_word(each)}" for each in topic.registered_commands]


def _word(command: typer.models.CommandInfo) -> str:
    return command.name or getattr(command.callback, "__name__", "").replace("_", "-")


def run() -> None:
    """Run the command line and leave with its exit code."""
    app(prog_name=called.name())
