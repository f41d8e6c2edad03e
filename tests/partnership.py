"""A programme with two vetted partners, for the tests that must show that one sees nothing of the other."""

from datetime import timedelta
from uuid import UUID

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import NewTeam, Role, TeamKind
from safeconduct.domains.partners import services as partners
from safeconduct.domains.partners.rules import Grounds, Term
from safeconduct.kernel import clock
from tests.cast import PARTNER_NAME, VICTOR
from tests.kept import once_a_minute
from tests.programme import CHEAP, FOUNDERS, PARTNER_ID, TEAMS, Programme, founder

LANTERN = "Lantern Network"
LANTERN_ID = UUID("1c0f3a52-6f0f-4f6e-9a51-2f6f1a1f7f11")


@once_a_minute
def found_with_partners() -> Programme:
    """Found the cast, with Victor at a second partner, and both partners vetted and agreed with."""
    people = (*FOUNDERS, founder(VICTOR, Role.PARTNER, team=LANTERN, organisation=LANTERN_ID))
    teams = (*TEAMS, NewTeam(LANTERN, TeamKind.PARTNER, "", LANTERN_ID))
    programme = Programme(accounts.found_programme(people, teams, work=CHEAP))
    for organisation_id, name in ((PARTNER_ID, PARTNER_NAME), (LANTERN_ID, LANTERN)):
        welcome(programme, organisation_id, name)
    return programme


def welcome(programme: Programme, organisation_id: UUID, name: str) -> None:
    """Take one partner in, vet it, and agree for a year."""
    leyla, today = programme.desk("leyla"), clock.now().date()
    partners.take_in(organisation_id, name=name, by=leyla)
    partners.vet(organisation_id, grounds=Grounds.TWO_REFERENCES, by=leyla)
    partners.agree(organisation_id, terms=set(Term), signed_on=today, ends_on=today + timedelta(days=365), by=leyla)
