"""What the invented people carry in their heads: passphrases and second factors, in a file beside the data folder."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Founded, NewSession


@dataclass(frozen=True)
class Remembered:
    """One person's secrets. On a real service nobody but that person has them."""

    sign_in_name: str
    passphrase: str = field(repr=False)
    second_factor_secret: str = field(repr=False)


def keep(path: Path, founded: Founded) -> None:
    """Write down what each founder was shown, for the tour's buttons, readable by this user only."""
    people = [Remembered(one.sign_in_name, one.passphrase, one.second_factor_secret) for one in founded.people]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump([asdict(person) for person in people], file, indent=1)


def recall(path: Path, sign_in_name: str) -> Remembered | None:
    """Return what one person remembers, or None for somebody who never had an account here."""
    people = [Remembered(**entry) for entry in json.loads(path.read_text())]
    return next((person for person in people if person.sign_in_name == sign_in_name), None)


def sign_in(person: Remembered) -> NewSession:
    """Sign somebody in with what they know and carry, as often as the tour's button is pressed."""
    return accounts.enter_as(person.sign_in_name, person.passphrase, person.second_factor_secret)
