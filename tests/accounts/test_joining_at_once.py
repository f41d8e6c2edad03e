"""The words of one invitation, posted twice at the same moment."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connections

from safeconduct.accounts import services
from safeconduct.accounts.models import KeyPair
from safeconduct.accounts.values import Joining, NewPerson, Role
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault.passphrases import POOL
from tests.programme import CHEAP, LISBON, found

pytestmark = pytest.mark.django_db(transaction=True)

NURA = NewPerson("Nura", "nura", frozenset({Role.RESPONDER}), "PT", ("en",), (LISBON,))


def accepted_at_once(words: str) -> list[Joining | NotAllowed]:
    """Accept on two threads that have both read the invitation before either derives its key."""
    answers: list[Joining | NotAllowed] = []

    def accept() -> None:
        try:
            answers.append(services.accept_invitation(words, work=CHEAP))
        except NotAllowed as refused:
            answers.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    with POOL.seat(), POOL.seat():
        room = POOL._room._value
        for thread in threads:
            thread.start()
        while POOL._room._value > room - len(threads) and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    return answers


def test_what_one_of_two_was_shown_is_not_taken_away_by_the_other(data_folder: Path) -> None:
    words = services.invite_member(NURA, by=found().desk("leyla"))

    answers = accepted_at_once(words)

    (shown,) = (one for one in answers if isinstance(one, Joining))
    (refused,) = (one for one in answers if isinstance(one, NotAllowed))
    assert refused.code == "invitation.unknown"
    assert KeyPair.objects.filter(member_id=shown.member_id, superseded_at=None).count() == 1
    assert services.enter_as("nura", shown.passphrase, shown.second_factor_secret)
