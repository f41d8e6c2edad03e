"""A founded programme for tests: the cast with their keys, cheap to make, and desks to act from."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.test import Client

from safeconduct.accounts import services
from safeconduct.accounts.values import Desk, Founded, NewPerson, NewTeam, Role, TeamKind
from safeconduct.vault.passphrases import Work
from safeconduct.web.sessions import DESK_COOKIE
from tests.cast import CHIARA, IDRIS, INES, JOON, KOFI, LEYLA, PARTNER_NAME, TOMAS, YARA, Person
from tests.kept import once_a_minute

CHEAP = Work(memory_kib=64, passes=1, lanes=1)
LISBON, NAIROBI, LEADS = "Lisbon team", "Nairobi team", "Leads"
PARTNER_ID = UUID("0b9f3a52-6f0f-4f6e-9a51-2f6f1a1f7f10")

TEAMS = (
    NewTeam(LISBON, TeamKind.INTAKE, "PT"),
    NewTeam(NAIROBI, TeamKind.INTAKE, "KE"),
    NewTeam(LEADS, TeamKind.LEAD, "NL"),
    NewTeam(PARTNER_NAME, TeamKind.PARTNER, "", PARTNER_ID),
)


def founder(person: Person, *roles: Role, team: str = "", organisation: UUID | None = None) -> NewPerson:
    teams = (team,) if team else ()
    return NewPerson(
        person.name, person.sign_in_name, frozenset(roles), person.country, person.languages, teams, organisation
    )


FOUNDERS = (
    founder(LEYLA, Role.LEAD, Role.RESPONDER, Role.APPEAL_REVIEWER, team=LEADS),
    founder(INES, Role.RESPONDER, team=LISBON),
    founder(IDRIS, Role.RESPONDER, Role.APPEAL_REVIEWER, team=NAIROBI),
    founder(CHIARA, Role.CUSTODIAN),
    founder(KOFI, Role.CUSTODIAN),
    founder(TOMAS, Role.PARTNER, team=PARTNER_NAME, organisation=PARTNER_ID),
)

BENCH_A, BENCH_B = "Bench A", "Bench B"
WITH_BENCHES = (*TEAMS, NewTeam(BENCH_A, TeamKind.BENCH_A), NewTeam(BENCH_B, TeamKind.BENCH_B))
ON_BENCHES = (
    founder(CHIARA, Role.CUSTODIAN, team=BENCH_A),
    founder(YARA, Role.CUSTODIAN, team=BENCH_A),
    founder(KOFI, Role.CUSTODIAN, team=BENCH_B),
    founder(JOON, Role.CUSTODIAN, team=BENCH_B),
)


@dataclass
class Programme:
    """The founded cast. ``desk("ines")`` signs someone in anew each time, as a request does."""

    founded: Founded
    cookies: dict[str, str] = field(default_factory=dict)

    def desk(self, sign_in_name: str) -> Desk:
        opened = services.session_from(self.cookie(sign_in_name))
        assert isinstance(opened, Desk)
        return opened

    def cookie(self, sign_in_name: str) -> str:
        # A clock that a test moved has ended the session, as it ends one in use.
        if sign_in_name not in self.cookies or services.session_from(self.cookies[sign_in_name]) is None:
            who = self.founded.person(sign_in_name)
            made = services.enter_as(who.sign_in_name, who.passphrase, who.second_factor_secret)
            self.cookies[sign_in_name] = made.cookie
        return self.cookies[sign_in_name]

    def browser(self, sign_in_name: str) -> Client:
        """Give a browser in which this person is signed in."""
        client = Client()
        client.cookies[DESK_COOKIE] = self.cookie(sign_in_name)
        return client

    def member_id(self, sign_in_name: str) -> UUID:
        return self.founded.person(sign_in_name).member_id

    def team_id(self, name: str) -> UUID:
        return self.founded.team_ids[name]

    @cached_property
    def partner_id(self) -> UUID:
        return PARTNER_ID


@once_a_minute
def found() -> Programme:
    """Found the cast's programme in the test's database and data folder."""
    return Programme(services.found_programme(FOUNDERS, TEAMS, work=CHEAP))


@once_a_minute
def found_with_benches() -> Programme:
    """Found the cast's programme with two custodians on each bench."""
    others = tuple(one for one in FOUNDERS if Role.CUSTODIAN not in one.roles)
    return Programme(services.found_programme((*others, *ON_BENCHES), WITH_BENCHES, work=CHEAP))
