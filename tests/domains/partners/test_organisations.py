from uuid import uuid4

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.partners import queries, services
from safeconduct.domains.partners.rules import Grounds, State
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.cast import PARTNER_NAME
from tests.programme import PARTNER_ID, Programme


def test_a_member_sees_their_own_organisation(programme: Programme) -> None:
    mine = queries.organisation_for(programme.desk("tomas"))

    assert (mine.id, mine.name, mine.state) == (PARTNER_ID, PARTNER_NAME, State.VETTED)


def test_a_candidate_is_not_let_in(programme: Programme) -> None:
    leyla = programme.desk("leyla")
    services.suspend(PARTNER_ID, by=leyla)

    with pytest.raises(NotAllowed):
        queries.organisation_for(programme.desk("tomas"))

    services.vet(PARTNER_ID, grounds=Grounds.KNOWN_TO_US, by=leyla)
    assert queries.organisation_for(programme.desk("tomas")).grounds is Grounds.KNOWN_TO_US


@pytest.mark.parametrize("who", ["ines", "tomas", "chiara"])
def test_only_a_lead_vets(programme: Programme, who: str) -> None:
    with pytest.raises(NotAllowed):
        services.vet(PARTNER_ID, grounds=Grounds.KNOWN_TO_US, by=programme.desk(who))


def test_one_name_is_one_organisation(programme: Programme) -> None:
    with pytest.raises(Refused, match="already"):
        services.take_in(uuid4(), name=PARTNER_NAME.upper(), by=programme.desk("leyla"))


def test_parting_ends_tokens_and_bells_at_once(programme: Programme) -> None:
    token = services.make_token("case system", by=programme.desk("tomas"))

    services.part_with(PARTNER_ID, by=programme.desk("leyla"))

    with pytest.raises(NotAllowed):
        services.program_of(token.text)
    with pytest.raises(Refused):
        services.vet(PARTNER_ID, grounds=Grounds.KNOWN_TO_US, by=programme.desk("leyla"))


def test_what_happened_to_a_partner_is_on_the_record(programme: Programme) -> None:
    services.suspend(PARTNER_ID, by=programme.desk("leyla"))

    actions = [entry.action for entry in audit.entries_for(PARTNER_ID) if entry.action.startswith("partner.")]
    assert actions == ["partner.taken-in", "partner.vetted", "partner.agreed", "partner.suspended"]


def test_missing_and_forbidden_are_alike(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        services.suspend(uuid4(), by=programme.desk("leyla"))
    with pytest.raises(NotAllowed):
        queries.organisation_for(programme.desk("ines"))
