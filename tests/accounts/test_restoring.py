"""Paper cards: a team whose members all lost their words opens its work again, and nobody else does."""

from uuid import UUID

import pytest

from safeconduct.accounts import queries, services
from safeconduct.accounts.models import KeyPair, Team, TeamKeyShare
from safeconduct.accounts.values import NOBODY_EXCLUDED, Desk, Joining
from safeconduct.audit import queries as audit
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind, Opened
from safeconduct.vault import services as vault
from tests.accounts.test_coming_and_going import again, come_in, join, sign
from tests.programme import CHEAP, LISBON, NAIROBI, Programme


def cards_of(programme: Programme, team: str) -> tuple[str, str, str]:
    return next(one.cards for one in programme.founded.cards if one.team == team)


def wrapped_to_everyone(programme: Programme) -> UUID:
    envelope = new_id()
    audience = queries.intake_recipients(NOBODY_EXCLUDED)
    vault.wrap(envelope, EnvelopeKind.WORK, to=audience.recipients, reporter=None, by=programme.desk("leyla").actor)
    return envelope


def lose_words(programme: Programme, name: str) -> Joining:
    words = services.replace_lost_passphrase(programme.member_id(name), by=programme.desk("leyla"))
    joining = services.accept_invitation(words, work=CHEAP)
    come_in(joining)
    return joining


def opened(envelope: UUID, desk: Desk) -> Opened:
    return vault.open_one(envelope, ring=desk.ring, why="test")


def test_a_team_that_lost_every_passphrase_opens_its_work_again(programme: Programme) -> None:
    envelope = wrapped_to_everyone(programme)
    ines = lose_words(programme, "ines")
    sign(programme, ines.member_id)
    with pytest.raises(NotAllowed):
        opened(envelope, again(ines))

    restored = services.restore_team(
        programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("leyla")
    )

    assert restored == services.Restored(given=1, former=False)
    assert opened(envelope, again(ines))


def test_restoring_leaves_one_entry_and_gives_the_lead_nothing(programme: Programme) -> None:
    before = programme.desk("leyla").ring.recipient_ids
    lose_words(programme, "ines")
    sign(programme, programme.member_id("ines"))

    services.restore_team(programme.team_id(LISBON), cards_of(programme, LISBON), by=programme.desk("leyla"))

    done = [one.action for one in audit.entries_for(programme.team_id(LISBON))]
    assert done.count("team.key-restored") == 1
    assert programme.desk("leyla").ring.recipient_ids == before


def test_only_a_lead_restores(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        services.restore_team(programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("ines"))


def test_nobody_is_given_the_key_before_two_custodians_signed_them(programme: Programme) -> None:
    lose_words(programme, "ines")

    with pytest.raises(Refused, match="signed by two custodians"):
        services.restore_team(programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("leyla"))


def test_someone_put_into_the_team_by_hand_is_given_nothing(programme: Programme) -> None:
    nura = join(programme)
    lose_words(programme, "ines")
    sign(programme, programme.member_id("ines"))

    services.restore_team(programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("leyla"))

    assert not TeamKeyShare.objects.filter(member_id=nura.member_id).exists()


def test_cards_of_another_team_are_refused_by_its_name(programme: Programme) -> None:
    with pytest.raises(Refused, match=f"of the team {NAIROBI}, not of {LISBON}"):
        services.restore_team(programme.team_id(LISBON), cards_of(programme, NAIROBI)[:2], by=programme.desk("leyla"))


def test_cards_of_two_teams_are_refused_as_mixed(programme: Programme) -> None:
    mixed = [cards_of(programme, LISBON)[0], cards_of(programme, NAIROBI)[1]]

    with pytest.raises(Refused, match="different teams"):
        services.restore_team(programme.team_id(LISBON), mixed, by=programme.desk("leyla"))


def test_one_card_is_refused(programme: Programme) -> None:
    with pytest.raises(Refused, match="Two of the three"):
        services.restore_team(programme.team_id(LISBON), cards_of(programme, LISBON)[:1], by=programme.desk("leyla"))


def test_cards_of_a_former_key_bring_back_what_it_opened(programme: Programme) -> None:
    envelope = wrapped_to_everyone(programme)
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    ines = lose_words(programme, "ines")
    sign(programme, ines.member_id)

    restored = services.restore_team(
        programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("leyla")
    )

    assert restored.former
    assert opened(envelope, again(ines))


def test_cards_fit_no_key_that_somebody_wrote_into_the_table(programme: Programme) -> None:
    nairobis = KeyPair.objects.get(team__name=NAIROBI)
    KeyPair.objects.filter(team__name=LISBON).update(public_key=nairobis.public_key)

    with pytest.raises(Refused, match="safeconduct doctor"):
        services.restore_team(programme.team_id(LISBON), cards_of(programme, NAIROBI)[:2], by=programme.desk("leyla"))


def test_a_team_changed_since_it_was_signed_is_looked_at_first(programme: Programme) -> None:
    Team.objects.filter(name=LISBON).update(country="KE")

    with pytest.raises(Refused, match="changed since it was signed"):
        services.restore_team(programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("leyla"))


def test_right_cards_change_nothing_where_nobody_lost_the_key(programme: Programme) -> None:
    restored = services.restore_team(
        programme.team_id(LISBON), cards_of(programme, LISBON)[1:], by=programme.desk("leyla")
    )

    assert restored.given == 0
