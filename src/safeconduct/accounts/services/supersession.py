"""Tells higher rooms that a key was replaced, once that is certain."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from safeconduct.accounts.events import KeySuperseded
from safeconduct.accounts.models import KeyPair
from safeconduct.kernel import events
from safeconduct.vault import owed

KEYS_ENDED = "accounts.keys-ended"


def announce_superseded(keys: Iterable[KeyPair]) -> None:
    """Announce each of these keys after commit, and note that it ended: a restore must not bring it back."""
    for key in keys:
        announce_later(KeySuperseded(key.id))
        owed.note_later(KEYS_ENDED, key.id)


def announce_later(fact: object) -> None:
    """Announce a fact after commit."""
    transaction.on_commit(partial(events.announce, fact))
