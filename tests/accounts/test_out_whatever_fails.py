"""Whoever is put out is out at once, whatever becomes of the ledger, of its marks or of the file of pins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from safeconduct.accounts import pins, services
from safeconduct.accounts.checks import Custodians, PutOut
from safeconduct.accounts.events import KeySuperseded, MemberRemoved
from safeconduct.accounts.models import Member, RosterEntry
from safeconduct.accounts.services import taken_away
from safeconduct.accounts.values import NewPerson, Role
from safeconduct.backups.checks import Ledger
from safeconduct.kernel import clock, events
from safeconduct.vault import ledger, owed
from tests.programme import CHEAP, FOUNDERS, LISBON, TEAMS, Programme

pytestmark = pytest.mark.django_db(transaction=True)

MORE = (
    NewPerson("Nura", "nura", frozenset({Role.LEAD, Role.CUSTODIAN}), "PT", ("en",), (LISBON,)),
    NewPerson("Yara", "yara", frozenset({Role.CUSTODIAN}), "NL"),
)
Spoil = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture
def programme(data_folder: Path) -> Programme:
    made = Programme(services.found_programme((*FOUNDERS, *MORE), TEAMS, work=CHEAP))
    ledger.begin()
    return made


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    facts: list[object] = []
    monkeypatch.setattr(events, "announce", facts.append)
    return facts


def failing(*_args: object) -> Any:
    raise OperationalError("database or disk is full")


def last_line_damaged(_patch: pytest.MonkeyPatch) -> None:
    with ledger.ledger_file().open("a") as file:
        file.write("not a line\n")


def marks_unwritable(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ledger, "_mark", failing)


@pytest.fixture(params=[last_line_damaged, marks_unwritable])
def spoil(request: pytest.FixtureRequest) -> Spoil:
    chosen: Spoil = request.param
    return chosen


def remove_nura(programme: Programme) -> Any:
    nura = programme.member_id("nura")
    agreed = services.Agreement(programme.desk("chiara"), programme.founded.person("chiara").passphrase)
    services.remove_member(nura, by=programme.desk("leyla"), agreement=agreed)
    return nura


def named(kind: str) -> set[Any]:
    return ledger.named_in(ledger.every_line())[kind]


def test_a_custodian_who_is_put_out_signs_nothing_and_the_rooms_hear_it_though_the_ledger_fails(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, heard: list[object], spoil: Spoil
) -> None:
    signed = RosterEntry.objects.get(subject=programme.member_id("nura")).revision
    spoil(monkeypatch)

    nura = remove_nura(programme)

    assert nura not in pins.kept_pins().custodians
    assert pins.kept_pins().oldest_allowed(nura) > signed
    assert {KeySuperseded, MemberRemoved} <= {type(fact) for fact in heard}


def test_a_custodian_who_is_unpinned_vouches_for_nothing_though_the_ledger_fails(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, spoil: Spoil
) -> None:
    spoil(monkeypatch)

    services.unpin_custodian("kofi")

    assert pins.kept_pins().keys_of(programme.member_id("kofi")) == []


def test_what_the_ledger_could_not_be_told_it_is_told_once_it_can_and_in_its_order(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        marks_unwritable(patch)
        services.unpin_custodian("kofi")
        nura = remove_nura(programme)
        services.pin_custodian("kofi")
    told = Ledger().run()

    assert owed.settle() > 0

    assert (told.well, "could not be given" in told.what, Ledger().run().well) == (False, True, True)
    assert nura in named(taken_away.PUT_OUT)
    assert PutOut().run().well
    assert owed.settle() == 0


def test_a_removal_that_is_undone_with_its_transaction_owes_the_ledger_nothing(programme: Programme) -> None:
    with transaction.atomic():
        remove_nura(programme)
        transaction.set_rollback(True)

    assert (owed.settle(), named(taken_away.PUT_OUT)) == (0, set())


def test_a_custodian_who_was_put_out_while_the_pins_could_not_be_written_is_named_and_barred_by_the_next_round(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, heard: list[object]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pins, "keep_pins", failing)
        nura = remove_nura(programme)
    told = Custodians().run()

    assert services.bar_whoever_is_out() == 1

    assert (told.well, "nura" in told.what) == (False, True)
    assert nura not in pins.kept_pins().custodians
    assert Custodians().run().well
    assert MemberRemoved in {type(fact) for fact in heard}


def test_no_round_bars_whom_the_database_alone_calls_removed(programme: Programme) -> None:
    # As somebody does who writes to the database.
    Member.objects.filter(sign_in_name="kofi").update(removed_at=clock.now())

    assert services.bar_whoever_is_out() == 0
    assert programme.member_id("kofi") in pins.kept_pins().custodians


def test_a_custodian_pinned_again_is_in_and_doctor_is_content(programme: Programme) -> None:
    services.unpin_custodian("kofi")
    services.pin_custodian("kofi")

    assert programme.member_id("kofi") in pins.kept_pins().custodians
    assert PutOut().run().well


def test_a_key_that_comes_back_after_its_custodian_was_unpinned_is_named(programme: Programme) -> None:
    kofi = programme.member_id("kofi")
    former = pins.kept_pins().custodians[kofi]
    services.unpin_custodian("kofi")
    pins.pin(kofi, former)

    assert "kofi was unpinned" in PutOut().run().what
