"""``safeconduct index``: the key by which accounts are found again. What it finds is looked for in the console."""

import typer

from safeconduct.cli.keyboard import at_the_keyboard, custodian_agrees
from safeconduct.cli.paper import count_of
from safeconduct.cli.screen import Screen, Terminal
from safeconduct.domains.cases.queries.search import reports_not_indexed
from safeconduct.domains.cases.services import indexing
from safeconduct.domains.early_warning import services
from safeconduct.domains.early_warning.queries import state_of_index
from safeconduct.kernel.actors import OPERATOR

REBUILT = """\
Reports that wait for somebody else who can open them: {waiting}. Each is brought in when one of
them signs in while the index is awake. Those that keep somebody out are never in it."""

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

STOPPED = 1
FINISHED = """\
All entries stand under the new key. The index sleeps until somebody of the early-warning
team signs in. Whoever kept a former key can test no guess against it any more."""
INTERRUPTED = "Stopped. Everything is found as before. Run it again to go on; no custodian is needed for that."


@app.command()
def rotate() -> None:
    """Give the index a new key, as somebody of its team with a custodian; run it again to finish one cut short."""
    carry_over(Terminal())


@app.command()
def rebuild() -> None:
    """Put the reports you can open into the index anew, where entries were damaged or one of its keys is gone."""
    build_again(Terminal())


@app.command()
def sleep() -> None:
    """Make every process forget the key of the index now, for an hour of need. Nothing is lost by it."""
    services.put_to_sleep(by=OPERATOR)
    typer.echo("The index is asleep. It wakes when somebody of the early-warning team signs in.")


def carry_over(screen: Screen) -> None:
    """Let somebody of the team sign in, begin a rotation where none is under way, and carry every entry."""
    with at_the_keyboard(screen) as desk:
        if not state_of_index().to_carry:
            screen.say("A custodian, who agrees that the index is given a new key, signs in now.")
            with custodian_agrees(screen) as agreement:
                services.begin_rotation(by=desk, agreement=agreement)
        try:
            done = 0
            while batch := services.carry(by=desk):
                done += batch
                screen.say(f"{count_of(done, 'entry', 'entries')} carried, {state_of_index().to_carry:,} to go.")
        except KeyboardInterrupt:
            screen.say(INTERRUPTED)
            raise typer.Exit(STOPPED) from None
    screen.say(FINISHED)


def build_again(screen: Screen) -> None:
    """Let somebody of the team sign in, begin again unless that was done and cut short, and bring in what they open."""
    with at_the_keyboard(screen) as desk:
        found = state_of_index()
        if found.missing:
            screen.say("A key of the index is gone. A custodian, who agrees that it begins anew, signs in now.")
            with custodian_agrees(screen) as agreement:
                indexing.begin_again(desk, agreement)
        elif found.set_aside or not reports_not_indexed():
            indexing.begin_again(desk)
        done = 0
        for batch in indexing.index_all(desk):
            done += batch
            screen.say(f"{count_of(done, 'report', 'reports')} put into the index, {reports_not_indexed():,} to go.")
    screen.say(REBUILT.format(waiting=f"{reports_not_indexed():,}"))
