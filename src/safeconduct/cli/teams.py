"""``safeconduct teams``: what is done for a team as a whole. Cards are typed unseen and kept nowhere."""

from typing import Annotated

import typer

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import Desk, TeamView
from safeconduct.cli import handing_over, rekeying
from safeconduct.cli.keyboard import at_the_keyboard, custodian_agrees
from safeconduct.cli.paper import count_of
from safeconduct.cli.screen import Screen, Terminal, is_terminal
from safeconduct.cli.typed_cards import typed_cards
from safeconduct.kernel.errors import Refused

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

HOW = """\
Two of the team's three paper cards are needed. Type the words of each, a printed
line at a time. Nothing you type is shown, and none of it is kept."""


@app.command()
def restore(team: Annotated[str, typer.Argument(help="The team's name.")]) -> None:
    """Give a team its key again from two of its paper cards, when none of its members can open it any more."""
    if not is_terminal():
        sentence = "Cards are typed by a person at a terminal only. Run it without pipes or redirection."
        raise Refused("teams.no-terminal", sentence)
    bring_back(Terminal(), team)


@app.command("cards")
def new_cards(team: Annotated[str, typer.Argument(help="The team's name.")]) -> None:
    """Make a team's paper cards anew, as someone in it, with a custodian who agrees."""
    if not is_terminal():
        sentence = "Cards are shown at a terminal only. Run it without pipes or redirection."
        raise Refused("teams.no-terminal", sentence)
    hand_out(Terminal(), team)


@app.command()
def rekey(team: Annotated[str, typer.Argument(help="The team's name.")]) -> None:
    """Give a team a new key, known to its present members only: when one left, or a paper card was lost."""
    rekeying.new_key(Terminal(), team)


@app.command()
def rewrap() -> None:
    """Wrap all that you can open to the keys of today, with progress; cut short, run it again."""
    rekeying.rewrap_all(Terminal())


def hand_out(screen: Screen, name: str) -> None:
    """Let a member of the team sign in and a custodian agree, then show each card to its keeper alone."""
    with at_the_keyboard(screen) as desk:
        team = _team(desk, name)
        screen.say("A custodian, who agrees that this team's cards are made anew, signs in now.")
        with custodian_agrees(screen) as agreement:
            made = services.make_cards(team.id, by=desk, agreement=agreement)
    handing_over.show_cards(screen, (made,))


def bring_back(screen: Screen, name: str) -> None:
    """Let a lead, or somebody of a bench, sign in, type the cards, and hear who holds the key now."""
    with at_the_keyboard(screen) as desk:
        team = _team(desk, name)
        services.check_may_type(team.id, by=desk)
        typed = typed_cards(screen, HOW)
        screen.say(_told(services.restore_team(team.id, typed, by=desk)))


def _team(desk: Desk, name: str) -> TeamView:
    found = next((one for one in queries.teams_for(desk) if one.name == name), None)
    if found is None:
        raise Refused("team.unknown", "There is no team of this name. Compare the spelling.")
    return found


def _told(restored: services.Restored) -> str:
    if not restored.given:
        return "The cards are right. Everyone in the team who is signed holds this key already; nothing was changed."
    given = f"The key is back: {count_of(restored.given, 'member', 'members')} can open the team's work again."
    if restored.former:
        return f"{given} It is a former key: work since the team's newer key needs the newer cards."
    return f"{given} Put the cards back where they were, apart from each other."
