import pytest
from django.apps import apps

from safeconduct.accounts import services as accounts
from safeconduct.domains.partners import queries, services
from safeconduct.domains.partners.models import Token
from safeconduct.domains.partners.rules import MOST_TOKENS
from safeconduct.kernel import clock
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind
from safeconduct.vault import services as vault
from tests.programme import PARTNER_ID, Programme


def test_a_token_opens_what_its_organisation_reads(programme: Programme) -> None:
    tomas, ines = programme.desk("tomas"), programme.desk("ines")
    assert tomas.organisation is not None
    envelope = new_id()
    vault.wrap(
        envelope, EnvelopeKind.CONVERSATION, to=[tomas.organisation, ines.recipient], reporter=None, by=ines.actor
    )

    program = services.program_of(services.make_token("case system", by=tomas).text)

    assert vault.open_one(envelope, ring=program.ring, why="test").id == envelope
    assert program.actor.kind is ActorKind.PARTNER_PROGRAM
    assert program.organisation == tomas.organisation


def test_the_record_does_not_say_whose_program_acted(programme: Programme) -> None:
    made = services.make_token("case system", by=programme.desk("tomas"))

    program = services.program_of(made.text)

    assert program.actor.id not in {made.id, PARTNER_ID, programme.member_id("tomas")}
    assert program.actor == services.program_of(made.text).actor


def test_a_token_opens_nothing_of_another_organisation(programme: Programme) -> None:
    victor, ines = programme.desk("victor"), programme.desk("ines")
    assert victor.organisation is not None
    envelope = new_id()
    vault.wrap(
        envelope, EnvelopeKind.CONVERSATION, to=[victor.organisation, ines.recipient], reporter=None, by=ines.actor
    )

    program = services.program_of(services.make_token("case system", by=programme.desk("tomas")).text)

    with pytest.raises(NotAllowed):
        vault.open_one(envelope, ring=program.ring, why="test")


def test_the_database_holds_no_token_and_no_key(programme: Programme) -> None:
    token = services.make_token("case system", by=programme.desk("tomas"))
    program = services.program_of(token.text)

    stored = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for model in apps.get_app_config("partners").get_models()
        for row in model._default_manager.values_list()
        for value in row
    )
    assert token.text.removeprefix("scp_").encode() not in stored
    assert program.filing_secret not in stored
    assert str(program.organisation.id).encode() not in stored
    assert token.text not in repr(token)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "scp_", "scp_AAAA", "Bearer", "scp_" + "A" * 43, "scp_" + "é" * 43, "\x00" * 43])
def test_every_wrong_token_is_answered_alike(text: str) -> None:
    with pytest.raises(NotAllowed) as wrong:
        services.program_of(text)

    assert wrong.value.sentence == NotAllowed().sentence


def test_a_revoked_token_is_over(programme: Programme) -> None:
    tomas = programme.desk("tomas")
    token = services.make_token("case system", by=tomas)

    services.revoke_token(token.id, by=tomas)

    with pytest.raises(NotAllowed):
        services.program_of(token.text)
    assert bytes(Token.objects.get(pk=token.id).sealed_seed) == b""
    assert not queries.tokens_for(tomas)


def test_another_partner_revokes_nothing(programme: Programme) -> None:
    token = services.make_token("case system", by=programme.desk("tomas"))

    with pytest.raises(NotAllowed):
        services.revoke_token(token.id, by=programme.desk("victor"))

    assert services.program_of(token.text).organisation_id == PARTNER_ID


def test_a_token_ends_after_a_year(programme: Programme) -> None:
    token = services.make_token("case system", by=programme.desk("tomas"))
    later = clock.now().replace(year=clock.now().year + 1)

    with clock.use(lambda: later), pytest.raises(NotAllowed):
        services.program_of(token.text)


def test_a_new_team_key_ends_every_token(programme: Programme) -> None:
    token = services.make_token("case system", by=programme.desk("tomas"))

    accounts.rekey_team(PARTNER_ID, by=programme.desk("leyla"))

    with pytest.raises(NotAllowed):
        services.program_of(token.text)


@pytest.mark.parametrize("label", ["", "   ", "x" * 61])
def test_a_token_has_a_name(programme: Programme, label: str) -> None:
    with pytest.raises(Refused, match="name of at most"):
        services.make_token(label, by=programme.desk("tomas"))


def test_there_are_only_so_many_tokens(programme: Programme) -> None:
    tomas = programme.desk("tomas")
    for number in range(MOST_TOKENS):
        services.make_token(f"program {number}", by=tomas)

    with pytest.raises(Refused, match="Revoke one"):
        services.make_token("one more", by=tomas)


def test_staff_make_no_tokens_for_a_partner(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        services.make_token("case system", by=programme.desk("leyla"))


def test_a_suspended_partner_shows_so_in_its_standing(programme: Programme) -> None:
    token = services.make_token("case system", by=programme.desk("tomas"))

    services.suspend(PARTNER_ID, by=programme.desk("leyla"))

    assert not services.program_of(token.text).footing.may_enter()
