"""``safeconduct connect``: walks an operator through connecting a platform, and shows what is truly possible there."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from safeconduct.cli import platform_entries
from safeconduct.cli.init import check_not_demonstration
from safeconduct.cli.platform_entries import Entry, Named
from safeconduct.cli.screen import Screen, Terminal, is_terminal
from safeconduct.connectors.outside import Busy, Outside, checked_base
from safeconduct.connectors.synapse import passwords, registration
from safeconduct.connectors.synapse.admin import Admin, Homeserver
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.connectors.synapse.examining import Mark, Row, check_account, examine
from safeconduct.kernel.called import as_called
from safeconduct.kernel.errors import Refused, Unavailable

Answered = TypeVar("Answered")

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
WORDS = {
    Mark.SHOWN: "yes",
    Mark.REHEARSED: "rehearsed",
    Mark.NOT_TRIED: "offered",
    Mark.NOT_OFFERED: "-",
    Mark.NOT_SO: "NO",
}
TRIALS = """\
Now things are tried on an account of nobody. Make one for this if there is none yet; never take a person's.
The account is locked, unlocked, suspended and reinstated, its devices are signed out, and it gets one notice."""
LOOK = "It is locked now, and the homeserver shows it. Look for yourself, then press Enter to unlock it"
EVENTS = """
Events: the homeserver can send every event of its rooms, as its own clients get them, to this service. They are counted
in memory and thrown away: today nothing in Safeconduct reads them for signs of an attack. Off is right unless something
of yours does."""
LOGINS = """
Log-ins: the homeserver can tell which account signs in, when, and what its device calls itself. The address it signs in
from is sent along and dropped unread. It is counted and thrown away too. Leave it off unless something of yours reads
it."""


@app.callback()
def connecting() -> None:
    """Connect a platform step by step."""


@app.command("matrix")
def connect_matrix() -> None:
    """Connect a Synapse homeserver: ask for what is needed, try what the token can do, and write it down."""
    if not is_terminal():
        sentence = "This asks for a secret, so it speaks to a person at a terminal only. Run it without pipes."
        raise Refused("connect.no-terminal", sentence)
    walk(Terminal(), _folder())


def walk(screen: Screen, folder: Path, *, pause: Callable[[float], None] = time.sleep) -> None:
    """Ask, try, show, and only then write: a connection that does not work leaves nothing behind.

    What was answered wrongly is said and asked again, so that one slip costs no second beginning.
    """
    check_not_demonstration(folder)
    screen.say("Connect a Matrix homeserver (Synapse). Nothing is written before the end. Stop with Ctrl-C.\n")
    short = _asked(screen, lambda: _short_name(screen, folder))
    if found := platform_entries.named(folder, short):
        _renewed(screen, folder, found)
    else:
        _connected(screen, folder, short, pause)
    screen.say(as_called("Next: start 'safeconduct serve', again if it runs, and run 'safeconduct doctor'."))


def _connected(screen: Screen, folder: Path, short: str, pause: Callable[[float], None]) -> None:
    address, private = _asked(screen, lambda: _address(screen))
    server, own_name = _asked(screen, lambda: _server(screen, address, private=private))
    name = screen.ask("The name people read", default=own_name.partition(":")[2])
    entry = Entry(short, name, server.base, private=server.allow_private)
    connector = SynapseConnector(entry.id, entry.name, server, pause=pause)
    notices = _tried(screen, connector)
    heard = _hearing(screen, entry, own_name)
    _say_written(screen, platform_entries.write(folder, entry, token=server.token, notices=notices, heard=heard))


def _renewed(screen: Screen, folder: Path, found: Named) -> None:
    """Put a new token beside a table that stays as it is: after a restore, or when the old one ended."""
    entry = found.entry
    screen.say(f"The homeserver answers at {entry.address}. Only the secrets of {entry.id} are renewed.")
    server, own_name = _asked(screen, lambda: _server(screen, entry.address, private=entry.private))
    heard = _hearing(screen, entry, own_name) if found.hears else None
    if found.hears and heard is None:
        sentence = f"{platform_entries.FILE} says that {entry.id} tells us of things. Take those two lines out first."
        raise Refused("connect.heard", sentence)
    _say_written(screen, platform_entries.renew(folder, found, token=server.token, heard=heard))


def _say_written(screen: Screen, written: list[Path]) -> None:
    screen.say("\nWritten: " + ", ".join(str(path) for path in written))


def _asked(screen: Screen, question: Callable[[], Answered]) -> Answered:
    """Ask until the answer works, or until the person at the screen has had enough."""
    while True:
        try:
            return question()
        except (Refused, Unavailable) as fault:
            screen.say(f"  {fault.sentence}")
            if not screen.agree("Answer again? What you answered before this stays."):
                raise


def _short_name(screen: Screen, folder: Path) -> str:
    short = screen.ask("A short name for it, kept in sealed records and never changed", default="matrix")
    platform_entries.check_short(short)
    if platform_entries.named(folder, short) and not screen.agree(
        f"{platform_entries.FILE} names {short} already. Renew its token?"
    ):
        platform_entries.check_free(folder, short)
    return short


def _address(screen: Screen) -> tuple[str, bool]:
    address = screen.ask("Where does the homeserver answer, from this machine?", default="http://127.0.0.1:8008")
    return address, _is_private(screen, address)


def _server(screen: Screen, address: str, *, private: bool) -> tuple[Homeserver, str]:
    """Ask for a token, and see that it works at the address."""
    server = Homeserver(address, _token(screen, address, private=private), allow_private=private)
    connector = SynapseConnector("matrix", "matrix", server)
    connector.capabilities()
    own_name = connector.own_name()
    screen.say(f"The homeserver takes the token for an administrator's: {own_name}\n")
    return server, own_name


def _token(screen: Screen, address: str, *, private: bool) -> str:
    """Take an administrator's token without an echo, or sign in for one that nobody ever sees."""
    if not screen.agree("Sign in to the administrator's account here? Otherwise paste an access token of it."):
        return screen.ask_hidden("The access token (it is not shown)")
    user = screen.ask("The administrator's account")
    words = screen.ask_hidden("Its password (it is not shown, and not kept)")
    nobody = Homeserver(address, "", allow_private=private)
    with Outside(address, allow_private=private) as outside:
        try:
            return passwords.sign_in(Admin(nobody, outside), user, words, label="Safeconduct")
        except Busy:
            raise
        except Refused as fault:
            sentence = f"The homeserver let nobody in with this name and password. It says: {fault.sentence}."
            raise Refused("connect.sign-in", sentence.replace("..", ".")) from fault


def _is_private(screen: Screen, address: str) -> bool:
    """Ask for leave to reach a private address, and only where one is needed."""
    if not address.startswith(("https://", "http://")):
        sentence = "The address must begin with https://, or with http:// on this machine or in a private network."
        raise Refused("connect.scheme", sentence)
    checked_base(address, allow_private=True)
    try:
        _versions(address, allow_private=False)
    except Refused as fault:
        if not screen.agree("This address is inside a private network, or plain HTTP. Reach it there?"):
            sentence = "The address is private or plain HTTP, and you gave no leave to reach it. Nothing was written."
            raise Refused("connect.private", sentence) from fault
        _versions(address, allow_private=True)
        return True
    return False


def _versions(address: str, *, allow_private: bool) -> None:
    nobody = Homeserver(address, "", allow_private=allow_private)
    with Outside(address, allow_private=allow_private) as outside:
        Admin(nobody, outside).call("GET", "_matrix/client/versions", token="")


def _tried(screen: Screen, connector: SynapseConnector) -> bool:
    """Show the table; return whether notices can be sent. Raises ``Refused`` where the lock does not hold."""
    screen.say(TRIALS)
    account = _asked(screen, lambda: _trial_account(screen, connector))
    for_real = screen.agree(f"Do this to {account} now? Otherwise it is only rehearsed.")
    rows = []
    for row in examine(connector, account, for_real=for_real, while_locked=lambda: screen.ask(LOOK, default="")):
        screen.say(_line(row))
        rows.append(row)
    found = {row.what: row.mark for row in rows}
    if found["account.lock / unlock"] not in {Mark.SHOWN, Mark.REHEARSED}:
        sentence = "An account cannot be locked here, so nothing was written. The table above says why."
        raise Refused("connect.no-lock", sentence)
    return found["notice.send"] is not Mark.NOT_SO


def _trial_account(screen: Screen, connector: SynapseConnector) -> str:
    account = screen.ask("The trial account, for example @trial:example.org")
    check_account(connector, account)
    return account


def _line(row: Row) -> str:
    return f"  {WORDS[row.mark]:<10} {row.what:<34} {row.sentence}"


def _hearing(screen: Screen, entry: Entry, own_name: str) -> platform_entries.Heard | None:
    screen.say(EVENTS)
    events = screen.agree("Let the homeserver send events?")
    screen.say(LOGINS)
    logins = screen.agree("Let the homeserver tell of log-ins?")
    if not (events or logins):
        return None
    address = screen.ask("Where does this service answer, from the homeserver?", default="http://127.0.0.1:8000")
    place, token = f"{address.rstrip('/')}/hooks/{entry.id}", platform_entries.new_token()
    files = {}
    if events:
        files["registration.yaml"] = registration.appservice(
            platform=entry.id,
            address=place,
            server_name=own_name.partition(":")[2],
            our_token=platform_entries.new_token(),
            their_token=token,
        )
    if logins:
        files["log-ins.yaml"] = registration.login_hook(address=place, token=token)
    return platform_entries.Heard(token, logins, files)


def _folder() -> Path:
    return Path(os.environ.get("SAFECONDUCT_DATA", "data")).expanduser().resolve()
