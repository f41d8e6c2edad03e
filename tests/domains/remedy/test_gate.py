"""No channel opens before somebody else can look again, and doctor says so."""

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import NewPerson, NewTeam, Role, TeamKind
from safeconduct.connectors import paging
from safeconduct.domains.cases.services import channel, work
from safeconduct.domains.remedy.checks import NAME_SOMEBODY, NobodyToDecide, SecondEyes
from safeconduct.kernel import checks
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused
from tests.domains.cases.making import KeptPages
from tests.domains.remedy.making import appeal, make_decided
from tests.programme import CHEAP, Programme


def alone(*outside: NewPerson) -> Programme:
    """Found a programme in which Ines alone decides, with a second pair of keys that decides nothing."""
    ines = NewPerson("Ines", "ines", frozenset({Role.LEAD, Role.RESPONDER, Role.APPEAL_REVIEWER}), teams=("Intake",))
    kept = [
        NewPerson(name.title(), name, frozenset({Role.CUSTODIAN}), teams=("Intake",) if name == "kofi" else ())
        for name in ("chiara", "kofi")
    ]
    founded = accounts.found_programme([ines, *kept, *outside], [NewTeam("Intake", TeamKind.INTAKE)], work=CHEAP)
    return Programme(founded)


def try_to_open(programme: Programme) -> None:
    pager, desk = KeptPages(), programme.desk("ines")
    with paging.registered(pager):
        channel.set_pager_address(desk, pager.name, "ines")
        channel.try_pagers(desk)
        channel.confirm_pager(pager.pages[-1].number, desk)
    channel.open_channel("public", by=OPERATOR)


def test_a_single_moderator_names_somebody_from_outside_before_the_door_opens(db: None, data_folder: object) -> None:
    programme = alone()

    with pytest.raises(Refused) as refusal:
        try_to_open(programme)

    assert refusal.value.code == "channel.not-ready"
    assert NAME_SOMEBODY in refusal.value.sentence
    assert not SecondEyes().run().well


def test_with_somebody_from_outside_the_door_opens(db: None, data_folder: object) -> None:
    try_to_open(alone(NewPerson("Noor", "noor", frozenset({Role.APPEAL_REVIEWER}))))

    assert SecondEyes().run().well


def test_doctor_looks_at_it_and_the_door_depends_on_it(programme: Programme) -> None:
    found = {check.name: check for check in checks.registered()}

    assert found["appeals"].gates_channel
    assert found["appeals"].run().well


def test_doctor_counts_appeals_that_nobody_may_decide_and_names_none(programme: Programme) -> None:
    made = make_decided(programme)
    appeal(made)
    assert NobodyToDecide().run().well

    work.hand_over(made.id, programme.member_id("leyla"), programme.desk("ines"), note="Yours.")
    work.hand_over(made.id, programme.member_id("idris"), programme.desk("leyla"), note="Yours.")

    said = NobodyToDecide().run()

    assert said.what.startswith("1 appeals wait")
