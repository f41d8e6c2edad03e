"""A lead takes a partner in at the keyboard; nobody else can."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from safeconduct.accounts import queries as accounts
from safeconduct.accounts import second_factor
from safeconduct.accounts.models import Session
from safeconduct.cli import partners as command
from safeconduct.cli.main import app
from safeconduct.domains.partners import queries, services
from safeconduct.domains.partners.rules import Grounds, State, Term
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.cli.conftest import Script
from tests.programme import Programme

LANTERN = "Lantern Network"


def typed(programme: Programme, name: str) -> Script:
    who = programme.founded.person(name)
    return Script([name, who.passphrase, second_factor.code_now(who.second_factor_secret)])


def test_a_partner_is_taken_in_with_a_team_of_its_own(programme: Programme) -> None:
    organisation_id = command.take_in_at(typed(programme, "leyla"), LANTERN)

    (lantern,) = queries.organisations()
    assert (lantern.id, lantern.name, lantern.state) == (organisation_id, LANTERN, State.CANDIDATE)
    teams = {team.name: team.id for team in accounts.teams_for(programme.desk("leyla"))}
    assert teams[LANTERN] == organisation_id


def test_a_responder_takes_nobody_in(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        command.take_in_at(typed(programme, "ines"), LANTERN)

    assert not queries.organisations()
    assert not Session.objects.exists()


def test_a_member_is_invited_into_the_organisation(programme: Programme) -> None:
    organisation_id = taken_in(programme)

    words = command.invite_at(typed(programme, "leyla"), LANTERN, "nadia", shown="Nadia")

    assert len(words.split()) == 6
    (nadia,) = [one for one in accounts.everyone() if one.sign_in_name == "nadia"]
    assert nadia.organisation_id == organisation_id


def taken_in(programme: Programme) -> object:
    leyla = programme.desk("leyla")
    from safeconduct.accounts import services as keys  # noqa: PLC0415
    from safeconduct.accounts.values import NewTeam, TeamKind  # noqa: PLC0415
    from safeconduct.kernel.ids import new_id  # noqa: PLC0415

    organisation_id = new_id()
    keys.make_team(NewTeam(LANTERN, TeamKind.PARTNER, id=organisation_id), by=leyla)
    services.take_in(organisation_id, name=LANTERN, by=leyla)
    return organisation_id


def test_a_lead_vets_at_the_keyboard(programme: Programme) -> None:
    taken_in(programme)

    command.do_at(
        typed(programme, "leyla"), LANTERN, lambda one, desk: services.vet(one, grounds=Grounds.KNOWN_TO_US, by=desk)
    )

    (lantern,) = queries.organisations()
    assert lantern.state is State.VETTED


def test_an_unknown_name_is_said_before_anyone_signs_in(programme: Programme) -> None:
    with pytest.raises(Refused, match="Compare the spelling"):
        command.do_at(typed(programme, "leyla"), "No such", lambda _one, _desk: None)


def test_the_list_says_what_each_may_do(programme: Programme) -> None:
    taken_in(programme)
    (lantern,) = queries.organisations()
    today, leyla = clock.now().date(), programme.desk("leyla")
    services.vet(lantern.id, grounds=Grounds.KNOWN_TO_US, by=leyla)
    services.agree(lantern.id, terms={Term.FILE}, signed_on=today, ends_on=today + timedelta(days=1), by=leyla)

    answer = CliRunner().invoke(app, ["partners", "list", "--json"])

    (row,) = json.loads(answer.output)
    assert row["may"] == ["file"]
    assert "Lantern Network: vetted" in CliRunner().invoke(app, ["partners", "list"]).output
