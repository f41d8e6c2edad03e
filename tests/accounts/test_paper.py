"""Two cards are a team's key: they are made for someone in the team, with a custodian, and for nobody else."""

from uuid import UUID

import pytest

from safeconduct.accounts import services
from safeconduct.accounts.models import KeyPair
from safeconduct.accounts.values import MemberKind, NewPerson, Role
from safeconduct.audit import queries as audit
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import cards, keypairs
from tests.accounts.test_coming_and_going import agreed, join, sign
from tests.programme import LISBON, PARTNER_ID, PARTNER_NAME, Programme

TEREZA = NewPerson(
    "Tereza", "tereza", frozenset({Role.PARTNER}), "PT", ("en",), (PARTNER_NAME,), organisation_id=PARTNER_ID
)


def live_key(team_id: UUID) -> bytes:
    return bytes(KeyPair.objects.get(team_id=team_id, superseded_at__isnull=True).public_key)


@pytest.mark.parametrize("who", ["responder", "partner"])
def test_whoever_puts_someone_out_is_handed_nothing_of_the_teams_new_key(programme: Programme, who: str) -> None:
    partner = who == "partner"
    assert TEREZA.kind is MemberKind.PARTNER
    joining = join(programme, TEREZA) if partner else join(programme)
    sign(programme, joining.member_id)
    services.share_team_keys(by=programme.desk("tomas" if partner else "ines"))
    team_id = PARTNER_ID if partner else programme.team_id(LISBON)
    former = live_key(team_id)

    handed = services.remove_member(joining.member_id, by=programme.desk("leyla"))  # type: ignore[func-returns-value] # that it hands over nothing is the promise

    assert live_key(team_id) != former
    assert handed is None
    with pytest.raises(Refused, match="in the team"):
        services.make_cards(team_id, by=programme.desk("leyla"), agreement=agreed(programme))


def test_whoever_gives_a_team_a_new_key_is_handed_nothing_of_it(programme: Programme) -> None:
    handed = services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))

    assert handed is None


@pytest.mark.parametrize(("team", "name"), [(LISBON, "ines"), (PARTNER_NAME, "tomas")])
def test_someone_in_the_team_makes_its_cards_with_a_custodian(programme: Programme, team: str, name: str) -> None:
    team_id = PARTNER_ID if team == PARTNER_NAME else programme.team_id(team)
    services.rekey_team(team_id, by=programme.desk("leyla"))

    made = services.make_cards(team_id, by=programme.desk(name), agreement=agreed(programme))

    assert keypairs.public_key(cards.join(made.cards[:2])) == live_key(team_id)
    done = {one.action for one in audit.entries_for(team_id)}
    assert {"team.cards-made", "team.cards-agreed"} <= done


def test_no_session_alone_makes_cards(programme: Programme) -> None:
    wrong = services.Agreement(programme.desk("chiara"), "words of somebody else")
    for agreement, fault in ((wrong, Refused), (agreed(programme, "ines"), NotAllowed)):
        with pytest.raises(fault):
            services.make_cards(programme.team_id(LISBON), by=programme.desk("ines"), agreement=agreement)
