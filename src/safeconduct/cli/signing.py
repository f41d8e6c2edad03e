"""A custodian at the keyboard: comparing fingerprints by voice, and signing."""

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import Desk
from safeconduct.cli.keyboard import at_the_keyboard
from safeconduct.cli.screen import Screen


def sign_all(screen: Screen) -> None:
    """Go through every entry that waits for this custodian."""
    with at_the_keyboard(screen) as desk:
        waiting = [one for one in queries.waiting_for_signatures(desk) if not one.mine]
        for one in waiting:
            _sign_one(screen, one, desk)
        if not waiting:
            screen.say("Nothing waits for your signature.")


def _sign_one(screen: Screen, one: queries.ToSign, desk: Desk) -> None:
    screen.say(f"\n{one.name}\n  {one.fingerprint}")
    screen.say(f"  {_vouched_for(one)}")
    if one.tampered:
        screen.say(f"  Changed since it was signed: {', '.join(one.changed)}. Find out why before you sign.")
    elif one.changed:
        screen.say(f"  Not as it was signed last: {', '.join(one.changed)}. Ask a lead whether that is meant.")
    if not screen.agree("Did they read you the same fingerprint?"):
        return
    complete = services.sign_roster(one.subject_id, passphrase=screen.ask_hidden("Your six words"), by=desk)
    screen.say("Signed. Both signatures are there." if complete else "Signed. One more custodian is needed.")


def _vouched_for(one: queries.ToSign) -> str:
    who = [one.sign_in_name, ", ".join(one.roles)] if one.sign_in_name else [f"{one.kind} team"]
    where = one.country or "no country"
    return "; ".join(word for word in (*who, where, ", ".join(one.teams)) if word)
