"""A programme that was just founded can take a report and let everyone in."""

from safeconduct.accounts import queries
from safeconduct.accounts.values import NOBODY_EXCLUDED, Role, Standing
from tests.programme import LEADS, LISBON, NAIROBI, Programme


def test_every_founder_stands_in_the_signed_roster(programme: Programme) -> None:
    people = queries.members_for(programme.desk("leyla"))

    assert {one.standing for one in people} == {Standing.READY}
    assert len(people) == 6


def test_a_new_report_is_wrapped_to_intake_and_leads(programme: Programme) -> None:
    audience = queries.intake_recipients(NOBODY_EXCLUDED)

    assert audience.team_ids == {programme.team_id(name) for name in (LISBON, NAIROBI, LEADS)}
    assert audience.member_ids == frozenset()


def test_everyone_holds_the_keys_of_their_own_teams_only(programme: Programme) -> None:
    desk = programme.desk("ines")

    held = {one.name for one in queries.holders(desk.ring.recipient_ids).values()}

    assert held == {"Ines", LISBON}


def test_roles_come_with_the_desk(programme: Programme) -> None:
    assert programme.desk("leyla").may(Role.LEAD)
    assert not programme.desk("ines").may(Role.LEAD)
