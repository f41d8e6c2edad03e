"""``safeconduct index``: the key by which accounts are found again. What it finds is looked for in the console."""

import typer

from safeconduct.cli.members import at_the_keyboard, custodian_agrees
from safeconduct.cli.paper import count_of
from safeconduct.cli.screen import Screen, Terminal
from safeconduct.domains.early_warning import services
from safeconduct.domains.early_warning.queries import state_of_index
from safeconduct.kernel.actors import OPERATOR

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
