"""No lead alone empties the roster: whom the others rest on goes only with a custodian's agreement."""

import pytest

from safeconduct.accounts import queries, services
from safeconduct.accounts.models import Member
from safeconduct.accounts.values import NewPerson, Role, Standing
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.programme import CHEAP, FOUNDERS, TEAMS, Programme

SECOND_LEAD = NewPerson("Nura", "nura", frozenset({Role.LEAD}), "PT")
ACTS = (services.remove_member, services.replace_lost_passphrase)


@pytest.fixture
def two_leads(db: None, data_folder: object) -> Programme:  # both are asked for what they set up
    return Programme(services.found_programme((*FOUNDERS, SECOND_LEAD), TEAMS, work=CHEAP))


def agreed(programme: Programme, name: str) -> services.Agreement:
    return services.Agreement(programme.desk(name), programme.founded.person(name).passphrase)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["nura", "kofi"])
def test_a_lead_alone_touches_no_lead_and_no_custodian(two_leads: Programme, act: type, name: str) -> None:
    with pytest.raises(Refused, match="A custodian must agree"):
        act(two_leads.member_id(name), by=two_leads.desk("leyla"))

    assert {one.standing for one in queries.everyone()} == {Standing.READY}


@pytest.mark.parametrize("act", ACTS)
def test_a_role_taken_out_of_the_table_opens_no_shorter_way(two_leads: Programme, act: type) -> None:
    Member.objects.filter(sign_in_name__in=["nura", "kofi"]).update(roles=[])

    for name in ("nura", "kofi"):
        with pytest.raises(Refused, match="A custodian must agree"):
            act(two_leads.member_id(name), by=two_leads.desk("leyla"))


def test_with_a_custodian_who_agrees_a_lead_is_put_out(two_leads: Programme) -> None:
    services.remove_member(
        two_leads.member_id("nura"), by=two_leads.desk("leyla"), agreement=agreed(two_leads, "chiara")
    )

    assert "nura" not in {one.sign_in_name for one in queries.everyone()}


def test_an_agreement_takes_the_custodians_own_words(two_leads: Programme) -> None:
    taken = services.Agreement(two_leads.desk("chiara"), "words of somebody else")

    with pytest.raises(Refused, match="not your six words"):
        services.remove_member(two_leads.member_id("nura"), by=two_leads.desk("leyla"), agreement=taken)


@pytest.mark.parametrize("name", ["ines", "kofi"])
def test_neither_a_colleague_nor_the_one_concerned_agrees(two_leads: Programme, name: str) -> None:
    with pytest.raises(NotAllowed):
        services.replace_lost_passphrase(
            two_leads.member_id("kofi"), by=two_leads.desk("leyla"), agreement=agreed(two_leads, name)
        )


def test_two_custodians_always_remain(programme: Programme) -> None:
    with pytest.raises(Refused, match="Fewer than two custodians would be left"):
        services.remove_member(
            programme.member_id("kofi"), by=programme.desk("leyla"), agreement=agreed(programme, "chiara")
        )

    assert {one.standing for one in queries.everyone()} == {Standing.READY}
