"""The cast with an early-warning team: Ines and Leyla hold its key, Idris does not."""

from dataclasses import replace

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk, NewTeam, TeamKind
from safeconduct.domains.early_warning import services
from safeconduct.vault.index import IndexKeys
from tests.cast import INES, LEYLA
from tests.kept import once_a_minute
from tests.programme import CHEAP, FOUNDERS, TEAMS, Programme

EARLY_WARNING = "Early warning"
ITS_MEMBERS = {INES.sign_in_name, LEYLA.sign_in_name}


@once_a_minute
def found_with_index() -> Programme:
    """Found the cast with an early-warning team."""
    people = tuple(
        replace(one, teams=(*one.teams, EARLY_WARNING)) if one.sign_in_name in ITS_MEMBERS else one for one in FOUNDERS
    )
    teams = (*TEAMS, NewTeam(EARLY_WARNING, TeamKind.EARLY_WARNING))
    return Programme(accounts.found_programme(people, teams, work=CHEAP))


def wake(programme: Programme, name: str = "leyla") -> IndexKeys:
    """Let somebody of the team come in, and return the keys that are awake now."""
    return services.keys_for(programme.desk(name))


def agreed(programme: Programme, name: str = "chiara") -> accounts.Agreement:
    return accounts.Agreement(programme.desk(name), programme.founded.person(name).passphrase)


def rotate(programme: Programme, name: str = "leyla") -> None:
    """Begin a rotation and finish it."""
    services.begin_rotation(by=programme.desk(name), agreement=agreed(programme))
    carry_all(programme.desk(name))


def carry_all(desk: Desk) -> None:
    while services.carry(by=desk):
        pass
