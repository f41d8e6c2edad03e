"""Written as the attacker: whoever decided a case tries every way into the appeal against it."""

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.models import KeyPair
from safeconduct.accounts.values import Role
from safeconduct.domains.cases.services import reviewed, work
from safeconduct.domains.remedy import queries, services
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault
from tests.domains.cases.making import DECISION
from tests.domains.remedy.attacking import envelopes, finds_nothing, no_key, write_role_into_the_table
from tests.domains.remedy.making import (
    UPHELD,
    appeal,
    appeal_with,
    joined,
    make_decided,
    plea,
    statement,
)
from tests.programme import LEADS, NAIROBI, Programme


@pytest.mark.parametrize("kept", [True, False], ids=["kept at the decision", "kept by the appellant"])
@pytest.mark.parametrize("who", ["idris", "leyla"])
def test_the_decider_finds_nothing_though_they_are_a_reviewer(programme: Programme, who: str, *, kept: bool) -> None:
    made = make_decided(programme, by=who, kept=kept)

    receipt = appeal(made)

    finds_nothing(programme.desk(who), receipt.appeal_id)
    no_key(programme.desk(who), receipt.appeal_id)


def test_no_key_of_a_team_opens_an_appeal(programme: Programme) -> None:
    """Leyla decides and is on the team of leads, whose key opens every case that was taken."""
    made = make_decided(programme, by="leyla")

    receipt = appeal(made)

    for envelope in envelopes(receipt.appeal_id):
        staff = {each for each in vault_queries.recipients_of(envelope) if each.version != 8}
        assert staff
        assert not KeyPair.objects.filter(id__in=staff, team__isnull=False).exists()
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_joining_the_reviewers_team_opens_nothing_for_the_decider(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    accounts.join_team(programme.member_id("leyla"), programme.team_id(NAIROBI), by=programme.desk("leyla"))
    accounts.share_team_keys(by=programme.desk("idris"))

    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_a_new_key_of_every_team_opens_nothing_for_the_decider(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    for team in (LEADS, NAIROBI):
        accounts.rekey_team(programme.team_id(team), by=programme.desk("leyla"))
    for who in ("leyla", "idris", "ines"):
        work.rewrap_waiting(programme.desk(who))
        services.rewrap_reviews(programme.desk(who))

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_handing_the_case_over_gives_the_decider_nothing(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    work.hand_over(made.id, programme.member_id("ines"), programme.desk("leyla"), note="Yours.")

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_coming_back_under_the_old_name_gives_the_decider_nothing(programme: Programme) -> None:
    """Idris decided, left, and is invited again as a reviewer. His new account is his in name."""
    made = make_decided(programme, by="idris")
    again = joined(programme, "idris.again", "Idris")

    receipt = appeal(made)

    finds_nothing(again, receipt.appeal_id)
    no_key(again, receipt.appeal_id)


def test_being_made_a_reviewer_afterwards_gives_the_decider_nothing(programme: Programme) -> None:
    made = make_decided(programme, by="ines")
    receipt = appeal(made)

    write_role_into_the_table("ines", Role.APPEAL_REVIEWER)

    finds_nothing(programme.desk("ines"), receipt.appeal_id)


def test_an_own_wrap_in_the_place_of_a_reviewers_gives_the_decider_nothing(programme: Programme) -> None:
    """Even somebody who holds the key finds nothing, if they have had a hand in the case."""
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)
    leyla, idris = programme.desk("leyla"), programme.desk("idris")

    for envelope in envelopes(receipt.appeal_id):
        vault.rewrap(envelope, ring=idris.ring, add=[leyla.recipient], drop=(), by=idris.actor)

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    services.rewrap_reviews(programme.desk("idris"))
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_nobody_decides_a_case_again_without_an_appeal(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")

    with pytest.raises(Refused):
        services.decide_case(made.id, DECISION, programme.desk("leyla"))
    for who in ("leyla", "ines"):
        with pytest.raises(NotAllowed):
            reviewed.decide_again(made.id, DECISION, programme.desk(who))


def test_the_code_on_the_statement_they_wrote_opens_no_appeal_for_the_decider(programme: Programme) -> None:
    """Leyla wrote the statement and has seen its code. The appeal has another one, which she never sees."""
    made = make_decided(programme, by="leyla", decision=DECISION)
    given = statement(programme, made, by="leyla")

    receipt = appeal_with(given)

    assert receipt.code != given.code
    with pytest.raises(NotAllowed):
        services.enter(given.code)
    key = given.code.reporter
    ring = Keyring(programme.desk("leyla").actor, {key.recipient_id: key.key})
    with pytest.raises(NotAllowed):
        queries.appeal_for(receipt.appeal_id, ring)


def test_appealing_in_the_others_place_silences_nobody(programme: Programme) -> None:
    """Leyla uses the code herself. What the person acted on has to say is still heard: it is new."""
    made = make_decided(programme, by="leyla", decision=DECISION)
    given = statement(programme, made, by="leyla")
    planted = appeal_with(given, plea("I agree with everything."))
    services.take_appeal(planted.appeal_id, programme.desk("idris"))
    services.decide_appeal(planted.appeal_id, UPHELD, programme.desk("idris"))
    other = joined(programme, "noor", "Noor")
    services.rewrap_reviews(programme.desk("idris"))

    theirs = appeal_with(given, plea(new_evidence="I never wrote that first appeal."))

    assert queries.review_for(theirs.appeal_id, other).new_evidence == "I never wrote that first appeal."
    finds_nothing(programme.desk("leyla"), theirs.appeal_id)


def test_by_appealing_first_in_the_others_place_which_takes_nothing_from_them(programme: Programme) -> None:
    """Leyla handed the statement over and uses its code at once. Its owner is heard beside her, all the same."""
    made = make_decided(programme, by="leyla", decision=DECISION)
    given = statement(programme, made, by="leyla")
    services.open_statement(given.code)
    appeal_with(given, plea("I agree with everything."))

    seen = services.open_statement(given.code)
    theirs = appeal_with(given, plea("I never wrote that.", contests=True))

    assert seen.opened_at is not None
    assert queries.review_for(theirs.appeal_id, programme.desk("idris")).contests
    with pytest.raises(Refused):
        appeal_with(given, plea("A third one.", contests=True))
