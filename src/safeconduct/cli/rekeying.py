"""``safeconduct teams rekey`` and ``rewrap``: a team's next key, and using it for all that the former one opens."""

import typer

from safeconduct.accounts import following, queries, services
from safeconduct.accounts.values import Desk
from safeconduct.cli.keyboard import at_the_keyboard
from safeconduct.cli.paper import count_of
from safeconduct.cli.screen import Screen
from safeconduct.kernel.errors import Refused

STOPPED = 1
NEXT = """\
Made. The lead who ordered it sees none of it. Now, in this order:
  1. Two custodians sign the new key:            safeconduct members sign
  2. Somebody of the team puts it into use:      safeconduct teams rewrap
  3. Somebody of the team makes its new cards:   safeconduct teams cards TEAM
Until it is signed, new reports go to the team's members one by one. Keep the old cards
until 'safeconduct doctor' says that nothing is wrapped to a former key; then burn them.
Whoever left the team has read what they read: a new key takes none of it back."""
INTERRUPTED = "Stopped. What was wrapped anew stays so, and everything else opens as before. Run it again to go on."


def new_key(screen: Screen, name: str) -> None:
    """Let a lead sign in and give a team its next key."""
    with at_the_keyboard(screen) as desk:
        team = next((one for one in queries.teams_for(desk) if one.name == name), None)
        if team is None:
            raise Refused("team.unknown", "There is no team of this name. Compare the spelling.")
        services.rekey_team(team.id, by=desk)
    screen.say(NEXT)


def rewrap_all(screen: Screen) -> None:
    """Let somebody sign in, and wrap all that they can open to the keys of today, a batch at a time."""
    with at_the_keyboard(screen) as desk:
        try:
            done = _rewrap(screen, desk)
        except KeyboardInterrupt:
            screen.say(INTERRUPTED)
            raise typer.Exit(STOPPED) from None
    screen.say(f"Wrapped anew: {count_of(done, 'thing', 'things')}.")
    screen.say(_what_is_left())


def _rewrap(screen: Screen, desk: Desk) -> int:
    done = 0
    while batch := following.follow(desk):
        done += batch
        screen.say(f"{done:,} wrapped anew, {queries.left_under_former_keys():,} left under former keys.")
    return done + following.gather(desk)


def _what_is_left() -> str:
    unsigned = [one.team for one in queries.rekeys_under_way() if not one.signed]
    if unsigned:
        return f"Waiting for two custodians to sign: {', '.join(unsigned)}. Run it again after that."
    left = queries.left_under_former_keys()
    if left:
        return f"Left, which only others can open: {left:,}. They run this too, or it is done as they sign in."
    return "Nothing is left under a former key. The service destroys it within two hours."
