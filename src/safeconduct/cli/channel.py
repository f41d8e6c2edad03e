"""``safeconduct channel``: opens the door for reports once everything behind it is ready, and closes it."""

from typing import Annotated

import typer

from safeconduct.cli.doctor import every_check, look
from safeconduct.domains.cases.services import channel
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

OPENINGS = ("partners", "invited", "public")
Mode = Annotated[str, typer.Argument(help="Who may report: partners, invited or public.")]


@app.command("open")
def open_door(mode: Mode = "partners") -> None:
    """Let reports in. Refuses while a report could be lost, misread or left waiting."""
    if mode not in OPENINGS:
        raise Refused(
            "channel.unknown-mode", f"Nothing was changed. Open the channel to one of: {', '.join(OPENINGS)}."
        )
    check_ready()
    opened = channel.open_channel(mode, by=OPERATOR)
    typer.echo(f"The channel is open: {opened.value}.")


@app.command("close")
def close_door() -> None:
    """Let no new report in. Conversations that are under way go on."""
    channel.close_channel(by=OPERATOR)
    typer.echo("The channel is closed to new reports. Conversations go on.")


def check_ready() -> None:
    """Refuse with the reason and the mending of every check that a channel depends on."""
    wrong = [(check.name, look(check)) for check in every_check() if check.gates_channel]
    reasons = [f"{name}: {diagnosis.what} {diagnosis.mend}" for name, diagnosis in wrong if not diagnosis.well]
    if reasons:
        raise Refused("channel.not-ready", "The channel stays closed.\n" + "\n".join(reasons))
