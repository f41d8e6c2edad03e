"""Whoever was put out, and whatever key or token was ended, stays so after a restore; who cannot be, is named first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from safeconduct.accounts import pins, services
from safeconduct.accounts.checks import PutOut
from safeconduct.accounts.models import KeyPair, Member, Passkey, ProviderLink
from safeconduct.accounts.services import taken_away
from safeconduct.accounts.values import NewPerson, Role
from safeconduct.audit import queries as record
from safeconduct.backups import restoring, rows
from safeconduct.domains.partners import queries as partners
from safeconduct.domains.partners import services as organisations
from safeconduct.domains.partners.models import Organisation
from safeconduct.domains.partners.rules import State
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind, ledger, owed
from safeconduct.vault import services as vault
from tests.backups.making import Backed, back_up, bring_back, lose_everything, make_cards
from tests.partnership import LANTERN_ID, found_with_partners
from tests.programme import CHEAP, FOUNDERS, LISBON, PARTNER_ID, TEAMS, Programme

pytestmark = pytest.mark.django_db(transaction=True)

MORE = (
    NewPerson("Nura", "nura", frozenset({Role.LEAD, Role.RESPONDER}), "PT", ("en",), (LISBON,)),
    NewPerson("Yara", "yara", frozenset({Role.CUSTODIAN}), "NL"),
)


@pytest.fixture
def programme(data_folder: Path) -> Programme:
    return Programme(services.found_programme((*FOUNDERS, *MORE), TEAMS, work=CHEAP))


@pytest.fixture
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("away")


def backed_up(away: Path) -> Backed:
    return back_up(make_cards(), away / "backup")


def put_out(programme: Programme, name: str, *, by: str = "leyla") -> UUID:
    member_id = programme.member_id(name)
    agreed = services.Agreement(programme.desk("chiara"), programme.founded.person("chiara").passphrase)
    services.remove_member(member_id, by=programme.desk(by), agreement=agreed)
    return member_id


def restored(backed: Backed, settings: Any, **more: Any) -> restoring.Restored:
    return bring_back(backed, lose_everything(settings, backed.file.parent / "data"), **more)


def told(subject: UUID) -> list[str]:
    return [each.action for each in record.entries_for(subject)]


def live_key(programme: Programme, team: str) -> UUID:
    return KeyPair.objects.get(team_id=programme.team_id(team), superseded_at=None).id


def signs_in(programme: Programme, name: str) -> bool:
    programme.cookies.clear()
    try:
        return bool(programme.desk(name))
    except NotAllowed:
        return False


def test_whoever_was_put_out_since_is_out_and_their_teams_have_keys_they_never_knew(
    programme: Programme, away: Path, settings: Any
) -> None:
    backed, known = backed_up(away), live_key(programme, LISBON)
    nura = put_out(programme, "nura")

    done = restored(backed, settings)

    assert (Member.objects.get(id=nura).removed_at is not None, done.left) == (True, ())
    assert not signs_in(programme, "nura")
    assert live_key(programme, LISBON) != known
    assert "member.removed-again" in told(nura)
    # Their signed entry, were it put back into the database, is a thing of the past.
    assert pins.kept_pins().oldest_allowed(nura) > 1
    assert signs_in(programme, "leyla")


def test_a_custodian_who_was_put_out_since_signs_nothing_new(programme: Programme, away: Path, settings: Any) -> None:
    backed = backed_up(away)
    kofi = put_out(programme, "kofi")

    restored(backed, settings)

    assert kofi not in pins.kept_pins().custodians
    assert kofi in {one for one, _ in pins.kept_pins().retired}


def test_a_custodian_whose_key_was_unpinned_since_vouches_for_nothing(
    programme: Programme, away: Path, settings: Any
) -> None:
    backed = backed_up(away)
    services.unpin_custodian("kofi")

    restored(backed, settings)

    kofi = programme.member_id("kofi")
    assert pins.kept_pins().keys_of(kofi) == []
    assert "custodian.unpinned-again" in told(kofi)


def test_words_that_were_replaced_since_open_nothing(programme: Programme, away: Path, settings: Any) -> None:
    backed = backed_up(away)
    ines = programme.member_id("ines")
    services.replace_lost_passphrase(ines, by=programme.desk("leyla"))

    restored(backed, settings)

    assert not signs_in(programme, "ines")
    assert services.replace_lost_passphrase(ines, by=programme.desk("leyla"))


def test_a_lead_without_whom_nobody_leads_is_named_and_let_in_by_nobody_unasked(
    data_folder: Path, away: Path, settings: Any
) -> None:
    programme = Programme(services.found_programme((*FOUNDERS, MORE[1]), TEAMS, work=CHEAP))
    backed = backed_up(away)
    # As the ledger tells it where another lead came since and put her out.
    ledger.note(taken_away.PUT_OUT, [programme.member_id("leyla")])
    kept = lose_everything(settings, away / "data")
    asked: list[str] = []

    with pytest.raises(Refused) as refused:
        bring_back(backed, kept)
    stands = bool(rows.any_row())
    settings.DATA = away / "second"
    settings.DATA.mkdir()
    done = bring_back(backed, kept, confirm=lambda left: not asked.extend(f"{one.name}: {one.why}" for one in left))

    assert (refused.value.code, stands) == ("restore.not-confirmed", False)
    assert asked == [f"leyla: {taken_away.NOBODY_LEADS}"]
    assert "restore.left-in" in told(programme.member_id("leyla"))
    assert "leyla was put out" in PutOut().run().what
    assert [one.name for one in done.left] == ["leyla"]


def test_whoever_alone_opens_something_in_the_backup_is_named_and_their_key_kept(
    programme: Programme, away: Path, settings: Any
) -> None:
    nura, leyla, envelope = programme.desk("nura"), programme.desk("leyla"), new_id()
    vault.wrap(envelope, EnvelopeKind.WORK, to=[nura.recipient], reporter=None, by=nura.actor)
    backed = backed_up(away)
    vault.rewrap(envelope, ring=nura.ring, add=[leyla.recipient], drop=[], by=nura.actor)
    put_out(programme, "nura")

    done = restored(backed, settings, confirm=bool)

    assert [(one.name, one.why) for one in done.left if one.what == "was put out"] == [
        ("nura", taken_away.NOBODY_READS)
    ]
    assert signs_in(programme, "nura")
    assert not PutOut().run().well


def test_a_token_that_was_revoked_and_an_organisation_that_left_since_stay_out(
    data_folder: Path, away: Path, settings: Any
) -> None:
    programme = found_with_partners()
    tomas, victor = programme.desk("tomas"), programme.desk("victor")
    one, two = (organisations.make_token("case system", by=each) for each in (tomas, victor))
    backed = backed_up(away)
    organisations.revoke_token(one.id, by=tomas)
    gone = partners.organisation_for(victor).id
    organisations.part_with(gone, by=programme.desk("leyla"))

    restored(backed, settings)

    for each in (one, two):
        with pytest.raises(NotAllowed):
            organisations.program_of(each.text)
    assert "partner.left-again" in told(gone)
    assert "partner.token-revoked-again" in told(PARTNER_ID)


def test_an_organisation_whose_last_member_was_put_out_since_has_no_key_and_nobody_is_asked(
    data_folder: Path, away: Path, settings: Any
) -> None:
    programme = found_with_partners()
    backed = backed_up(away)
    services.remove_member(programme.member_id("victor"), by=programme.desk("leyla"))

    done = restored(backed, settings)

    assert done.left == ()
    assert not KeyPair.objects.filter(team_id=LANTERN_ID, superseded_at=None).exists()


def test_an_organisation_suspended_while_the_ledger_could_not_be_written_is_suspended_after_a_restore(
    data_folder: Path, away: Path, settings: Any
) -> None:
    programme = found_with_partners()
    backed = backed_up(away)
    with ledger_away(away):
        organisations.suspend(PARTNER_ID, by=programme.desk("leyla"))

    assert owed.settle() == 1
    restored(backed, settings)

    assert Organisation.objects.get(pk=PARTNER_ID).state == State.SUSPENDED.value


def test_a_link_and_a_passkey_that_ended_while_the_ledger_could_not_be_written_are_ended_by_a_restore(
    programme: Programme, away: Path, settings: Any
) -> None:
    ines, kofi = programme.member_id("ines"), programme.member_id("kofi")
    link = ProviderLink.objects.create(member_id=ines, provider="house", mark=b"m", made_at=clock.this_minute())
    key = Passkey.objects.create(id=new_id(), member_id=kofi, mark=b"m", sealed=b"s", made_at=clock.this_minute())
    backed = backed_up(away)
    with ledger_away(away):
        services.unlink_provider(ines, by=programme.desk("leyla"))
        services.remove_passkey(key.id, by=programme.desk("kofi"))

    owed.settle()
    restored(backed, settings)

    assert not ProviderLink.objects.filter(pk=link.pk).exists()
    assert not Passkey.objects.filter(pk=key.pk).exists()
    assert "member.provider-unlinked-again" in told(ines)
    assert "member.passkey-removed-again" in told(kofi)


def test_a_custodian_unpinned_and_pinned_again_since_signs_on(programme: Programme, away: Path, settings: Any) -> None:
    backed = backed_up(away)
    services.unpin_custodian("kofi")
    services.pin_custodian("kofi")

    done = restored(backed, settings)

    assert programme.member_id("kofi") in pins.kept_pins().custodians
    assert done.left == ()


@contextmanager
def ledger_away(away: Path) -> Iterator[None]:
    """Keep the ledger where it cannot be written, as a disk that is not there."""
    ledger.ledger_file().rename(away / "elsewhere")
    try:
        yield
    finally:
        (away / "elsewhere").rename(ledger.ledger_file())
