"""A real programme with a real homeserver behind it and HTTPS before it, and one account there that needs help."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from safeconduct.kernel import clock
from tests.stories.founded import RealProgramme, found
from tests.stories.mailbox import Mailbox, mailbox
from tests.stories.served import Served
from tests.stories.terminator import https
from tests.synapse.homeserver import Homeserver, SignedIn

PASSWORD = "a password that somebody else has seen"
SAID_BY_OPERATOR = {
    "hours": {"en": "People answer from 08:00 to 20:00 UTC.", "ar": "نجيب من 08:00 إلى 20:00."},
    "emergency": [{"name": "Harbour Line", "reach": "+00 555 0142", "verified_on": clock.now().date().isoformat()}],
}
PLATFORMS = """\
[[platform]]
id = "matrix"
name = "Platform Test"
kind = "synapse"
address = "{address}"
token_file = "keys/matrix.token"
allow_private = true
"""


@dataclass(frozen=True)
class Account:
    """One account on the homeserver, and what the homeserver itself says of it."""

    homeserver: Homeserver
    administrator: SignedIn
    amina: SignedIn
    intruder: SignedIn

    @property
    def name(self) -> str:
        return self.amina.name

    def answers(self) -> list[tuple[int, str]]:
        """Return what the homeserver answers to Amina's own token, and to the stranger's."""
        return [self.homeserver.whoami(who) for who in (self.amina, self.intruder)]

    def signing_in(self) -> tuple[int, str]:
        """Return what the homeserver answers to somebody who knows the password."""
        who = {"type": "m.id.user", "user": self.name}
        body = {"type": "m.login.password", "identifier": who, "password": PASSWORD}
        answer = self.homeserver.ask("POST", "_matrix/client/v3/login", body=body)
        return answer.status_code, answer.json().get("errcode", "")

    def is_locked(self) -> bool:
        return self._seen_by_administrators("")["locked"] is True

    def devices(self) -> int:
        return int(str(self._seen_by_administrators("/devices")["total"]))

    def _seen_by_administrators(self, rest: str) -> dict[str, object]:
        path = f"_synapse/admin/v2/users/{self.name}{rest}"
        return dict(self.homeserver.ask("GET", path, self.administrator.token).raise_for_status().json())


@dataclass(frozen=True)
class Place:
    """Everything the story happens in. ``address`` is what browsers are given."""

    address: str
    programme: RealProgramme
    served: Served
    mailbox: Mailbox
    account: Account


def account_on(homeserver: Homeserver, administrator: SignedIn, user: str) -> Account:
    """Make an account with its owner on one device and a stranger on another."""
    amina = homeserver.register(user, PASSWORD)
    intruder = homeserver.sign_in(user, PASSWORD, "A computer never seen before")
    return Account(homeserver, administrator, amina, intruder)


@contextmanager
def served_for(account: Account, folder: Path, *, database: str) -> Iterator[Place]:
    """Found a programme, connect the account's homeserver, and serve it over HTTPS inside the block."""
    with ExitStack() as stack:
        letters = stack.enter_context(mailbox())
        settings = {"SAFECONDUCT_MAIL": letters.address, "SAFECONDUCT_MAIL_FROM": "desk@platform.example"}
        programme = RealProgramme(folder / "data", database, settings)
        found(programme)
        _connect(programme, account)
        served = stack.enter_context(programme.serving())
        yield Place(stack.enter_context(https(served.address, folder)), programme, served, letters, account)


def _connect(programme: RealProgramme, account: Account) -> None:
    """Write what an operator writes into the data folder."""
    token = programme.data / "keys" / "matrix.token"
    token.touch(mode=0o600)
    token.write_text(account.administrator.token)
    (programme.data / "platforms.toml").write_text(PLATFORMS.format(address=account.homeserver.address))
    (programme.data / "portal.json").write_text(json.dumps(SAID_BY_OPERATOR), encoding="utf-8")
