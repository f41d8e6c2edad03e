"""Nobody's writing waits for a slow hash: each is spent before a transaction begins."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from django.db import connection

from safeconduct.accounts import services
from safeconduct.accounts.models import Member
from safeconduct.accounts.values import NewPerson, Role
from safeconduct.vault import passphrases
from tests.accounts.test_putting_out import agreed
from tests.programme import CHEAP, FOUNDERS, TEAMS, Programme

pytestmark = pytest.mark.django_db(transaction=True)

CUSTODIANS = tuple(NewPerson(name.title(), name, frozenset({Role.CUSTODIAN})) for name in ("nura", "sefa"))


@contextmanager
def hashes_watched() -> Iterator[list[bool]]:
    """Note of each slow hash whether a transaction was open meanwhile."""
    seen: list[bool] = []

    def watch(frame: FrameType, event: str, _what: object) -> None:
        if event == "call" and frame.f_code is passphrases.derive.__code__:
            seen.append(connection.in_atomic_block)

    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(None)


def founded() -> Programme:
    return Programme(services.found_programme((*FOUNDERS, *CUSTODIANS), TEAMS, work=CHEAP))


def replace(programme: Programme) -> object:
    agreement = agreed(programme, "chiara")
    return services.replace_lost_passphrase(
        programme.member_id("kofi"), by=programme.desk("leyla"), agreement=agreement
    )


def remove(programme: Programme) -> object:
    agreement = agreed(programme, "chiara")
    return services.remove_member(programme.member_id("kofi"), by=programme.desk("leyla"), agreement=agreement)


def sign(programme: Programme) -> object:
    Member.objects.filter(sign_in_name="ines").update(country="ES")
    words = programme.founded.person("chiara").passphrase
    return services.sign_roster(programme.member_id("ines"), passphrase=words, by=programme.desk("chiara"))


def come_in(programme: Programme) -> object:
    return programme.desk("idris")


def join(programme: Programme) -> object:
    person = NewPerson("Vida", "vida", frozenset({Role.RESPONDER}))
    return services.accept_invitation(services.invite_member(person, by=programme.desk("leyla")), work=CHEAP)


def end_others(programme: Programme) -> object:
    desk, words = programme.desk("idris"), programme.founded.person("idris").passphrase
    return services.end_other_sessions(passphrase=words, by=desk)


@pytest.mark.parametrize("act", [replace, remove, sign, come_in, join, end_others])
def test_a_slow_hash_is_spent_before_the_transaction(act: Callable[[Programme], object], data_folder: Path) -> None:
    programme = founded()

    with hashes_watched() as seen:
        act(programme)

    assert (bool(seen), any(seen)) == (True, False)


@pytest.mark.usefixtures("data_folder")
def test_founding_spends_its_hashes_before_the_transaction() -> None:
    with hashes_watched() as seen:
        founded()

    assert seen == [False] * (len(FOUNDERS) + len(CUSTODIANS))
