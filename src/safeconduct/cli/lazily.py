"""A group of commands whose topics are imported only when one of them runs, so that the first word is quick."""

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer import main as typers
from typer.core import TyperCommand, TyperGroup

from safeconduct.cli.absence import check_there
from safeconduct.cli.plain import plain
from safeconduct.cli.programme import use_programme
from safeconduct.kernel.called import as_called
from safeconduct.kernel.errors import SafeconductError

FAILED = 1


@dataclass(frozen=True)
class Topic:
    """One word of the command line: the file that has its ``app``, and whether it needs settings and a database."""

    word: str
    module: str
    help: str
    needs_programme: bool = True
    has_commands: bool = True
    makes_nothing: bool = False

    def typer_app(self) -> typer.Typer:
        """Import the topic's file and return its ``app``."""
        if self.needs_programme:
            use_programme()
        app: typer.Typer = import_module(self.module).app
        return app

    def command(self) -> Any:  # noqa: ANN401 - Typer keeps the type of its commands to itself
        """Return what runs: a group of commands, or the topic's only one."""
        app = self.typer_app()
        return typers.get_group(app) if self.has_commands else typers.get_command(app)


TOPICS: tuple[Topic, ...] = (
    Topic("init", "safeconduct.cli.init", "Start a real, empty programme.", needs_programme=False, has_commands=False),
    Topic(
        "doctor",
        "safeconduct.cli.doctor",
        "Say what is wrong and how to mend it.",
        has_commands=False,
        makes_nothing=True,
    ),
    Topic("migrate", "safeconduct.cli.migrate", "Give the database the tables of this version.", has_commands=False),
    Topic("members", "safeconduct.cli.members", "Invite, sign, remove and list the people who work here."),
    Topic("teams", "safeconduct.cli.teams", "Give a team a new key, paper cards, or its key back from those."),
    Topic("index", "safeconduct.cli.index", "Give the index of accounts a new key, rebuild it, or put it to sleep."),
    Topic("benches", "safeconduct.cli.benches", "Make the benches of custodians that keep identities closed."),
    Topic("partners", "safeconduct.cli.partners", "Take in, vet and part with organisations that act for defenders."),
    Topic("channel", "safeconduct.cli.channel", "Open and close the door for reports."),
    Topic("backup", "safeconduct.cli.backup", "Write the programme into one sealed file, and check such a file."),
    Topic(
        "restore",
        "safeconduct.cli.restore",
        "Bring a programme back from a backup into an empty folder.",
        needs_programme=False,
        has_commands=False,
    ),
    Topic("privacy", "safeconduct.cli.privacy", "List what is kept here, sealed or in clear.", makes_nothing=True),
    Topic("audit", "safeconduct.cli.audit", "Verify and export the record."),
    Topic("proof", "safeconduct.cli.proof", "Verify a proof that a partner was given.", needs_programme=False),
    Topic("numbers", "safeconduct.cli.numbers", "Check published numbers.", needs_programme=False),
    Topic("connect", "safeconduct.cli.connect", "Connect a platform step by step.", needs_programme=False),
    Topic("connector", "safeconduct.cli.connector", "Test what a platform can do.", needs_programme=False),
)


class LazyGroup(TyperGroup):
    """Lists every topic from the table above, and answers ``kernel.errors`` with their sentence."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - see above
        """Return topics first, then commands added elsewhere."""
        return [*(topic.word for topic in TOPICS), *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - see above
        """Return a topic's name and help, without importing it."""
        topic = _topic(cmd_name)
        return TyperCommand(topic.word, help=topic.help) if topic else super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - see above
        """Name the folder now, wherever it stands: a topic loads the settings before any callback runs."""
        parsed: list[str] = super().parse_args(ctx, _folder_first(args))
        if folder := ctx.params.get("data"):
            os.environ["SAFECONDUCT_DATA"] = str(folder)
        return parsed

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - see above
        """Return the command that is about to run, imported now."""
        topic = _topic(args[0])
        if topic and topic.makes_nothing and "--help" not in args:
            check_there()
        return (topic.word, topic.command(), args[1:]) if topic else super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - see above
        """Run the command; a failure on purpose is one sentence and a code other than zero."""
        try:
            return super().invoke(ctx)
        except SafeconductError as fault:
            _stop(fault.sentence)
        except _database_faults() as fault:
            _stop(f"The database did not answer as it should ({type(fault).__name__}). Run 'safeconduct doctor'.")


def _folder_first(args: list[str]) -> list[str]:
    at = next((at for at, word in enumerate(args) if word.split("=")[0] == "--data"), len(args))
    end = at + (1 if "=" in "".join(args[at : at + 1]) else 2)
    return [*args[at:end], *args[:at], *args[end:]]


def _stop(sentence: str) -> None:
    typer.echo(plain(as_called(sentence)), err=True)
    raise typer.Exit(FAILED)


def _topic(word: str) -> Topic | None:
    return next((topic for topic in TOPICS if topic.word == word), None)


def _database_faults() -> tuple[type[Exception], ...]:
    # Asked only once something was raised: naming Django's errors must not import Django.
    found = getattr(sys.modules.get("django.db"), "DatabaseError", None)
    return (found,) if found else ()
