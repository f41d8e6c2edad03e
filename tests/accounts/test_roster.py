"""The roster: keys go only to those whom two custodians vouched for, whatever the database says."""

from uuid import UUID

import pytest

from safeconduct.accounts import pins, queries, services
from safeconduct.accounts.models import KeyPair, Member, RosterEntry, RosterSignature, Team
from safeconduct.accounts.values import NOBODY_EXCLUDED, Note, Role, Standing
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault.keypairs import public_key
from tests.programme import LEADS, LISBON, Programme

VICTORS_KEY = public_key(b"v" * 32)


def standing_of(programme: Programme, member_id: UUID) -> Standing:
    found = {one.id: one for one in queries.members_for(programme.desk("leyla"))}
    return found[member_id].standing


def swap_key(holder: UUID) -> None:
    KeyPair.objects.filter(member_id=holder).update(public_key=VICTORS_KEY)
    KeyPair.objects.filter(team_id=holder).update(public_key=VICTORS_KEY)


def test_a_member_whose_key_was_swapped_is_refused(programme: Programme) -> None:
    swap_key(programme.member_id("ines"))

    assert standing_of(programme, programme.member_id("ines")) is Standing.CHANGED
    with pytest.raises(NotAllowed):
        queries.person_recipient(programme.member_id("ines"))


def test_a_team_whose_key_was_swapped_is_passed_over_for_its_members(programme: Programme) -> None:
    swap_key(programme.team_id(LISBON))

    audience = queries.intake_recipients(NOBODY_EXCLUDED)

    assert VICTORS_KEY not in {one.public_key for one in audience.recipients}
    assert audience.member_ids == {programme.member_id("ines")}
    assert Note.TEAM_UNSIGNED in audience.notes


@pytest.mark.usefixtures("programme")
def test_nobody_is_wrapped_to_when_every_key_was_swapped() -> None:
    KeyPair.objects.update(public_key=VICTORS_KEY)

    with pytest.raises(Refused):
        queries.intake_recipients(NOBODY_EXCLUDED)


@pytest.mark.parametrize(
    ("column", "value"),
    [("roles", ["lead"]), ("country", "KE"), ("display_name", "Someone"), ("planned_teams", [str(UUID(int=7))])],
)
def test_whatever_decides_about_keys_is_signed(programme: Programme, column: str, value: object) -> None:
    Member.objects.filter(sign_in_name="ines").update(**{column: value})

    assert standing_of(programme, programme.member_id("ines")) is Standing.CHANGED


def test_a_role_written_into_the_database_gives_nothing(programme: Programme) -> None:
    Member.objects.filter(sign_in_name="ines").update(roles=["lead", "responder"])

    assert programme.desk("ines").roles == frozenset()


def test_a_team_moved_to_another_country_is_not_trusted(programme: Programme) -> None:
    Team.objects.filter(name=LISBON).update(country="KE")

    assert programme.team_id(LISBON) not in queries.intake_recipients(NOBODY_EXCLUDED).team_ids


def test_one_signature_is_not_enough(programme: Programme) -> None:
    entry = RosterEntry.objects.get(subject=programme.member_id("ines"))
    RosterSignature.objects.filter(entry=entry, custodian=programme.member_id("kofi")).delete()

    assert standing_of(programme, programme.member_id("ines")) is Standing.WAITING


def test_one_custodian_signing_under_two_names_is_one(programme: Programme) -> None:
    entry = RosterEntry.objects.get(subject=programme.member_id("ines"))
    chiaras = RosterSignature.objects.get(entry=entry, custodian=programme.member_id("chiara"))
    RosterSignature.objects.filter(entry=entry, custodian=programme.member_id("kofi")).update(
        signature=chiaras.signature
    )

    assert standing_of(programme, programme.member_id("ines")) is Standing.WAITING


def test_without_the_pins_outside_the_database_no_signature_counts(programme: Programme) -> None:
    pins.pins_file().unlink()

    assert standing_of(programme, programme.member_id("ines")) is Standing.WAITING


@pytest.mark.usefixtures("programme")
def test_damaged_pins_stop_everything_with_a_sentence() -> None:
    pins.pins_file().write_text("{")

    with pytest.raises(Unavailable, match="Put back the copy"):
        queries.intake_recipients(NOBODY_EXCLUDED)


def test_an_unpinned_custodians_signatures_stop_counting(programme: Programme) -> None:
    pins.unpin(programme.member_id("kofi"))

    assert standing_of(programme, programme.member_id("ines")) is Standing.WAITING


def test_a_retired_custodians_signatures_still_count(programme: Programme) -> None:
    pins.bar(programme.member_id("kofi"), 0)

    assert standing_of(programme, programme.member_id("ines")) is Standing.READY


@pytest.mark.usefixtures("programme")
def test_the_pins_belong_to_one_kind_of_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "programme"  # type: ignore[attr-defined] # pytest-django's wrapper takes any

    with pytest.raises(Unavailable):
        queries.intake_recipients(NOBODY_EXCLUDED)


def test_two_custodians_mend_an_entry_by_signing_it_anew(programme: Programme) -> None:
    ines = programme.member_id("ines")
    Member.objects.filter(id=ines).update(country="ES")

    signed = [
        services.sign_roster(ines, passphrase=programme.founded.person(name).passphrase, by=programme.desk(name))
        for name in ("chiara", "kofi")
    ]

    assert signed == [False, True]
    assert standing_of(programme, ines) is Standing.READY


@pytest.mark.django_db(transaction=True)
def test_an_old_signed_entry_cannot_be_put_back(programme: Programme) -> None:
    ines = programme.member_id("ines")
    old = RosterEntry.objects.get(subject=ines)
    signatures = list(old.signatures.all())
    Member.objects.filter(id=ines).update(country="ES")
    for name in ("chiara", "kofi"):
        services.sign_roster(ines, passphrase=programme.founded.person(name).passphrase, by=programme.desk(name))

    RosterEntry.objects.filter(subject=ines).delete()
    old.save(force_insert=True)
    RosterSignature.objects.bulk_create(signatures)
    Member.objects.filter(id=ines).update(country="PT")

    assert standing_of(programme, ines) is Standing.CHANGED


def test_signing_asks_for_the_custodians_own_words(programme: Programme) -> None:
    with pytest.raises(Refused, match="Nothing was signed"):
        services.sign_roster(programme.member_id("ines"), passphrase="other words", by=programme.desk("chiara"))


def test_only_a_pinned_custodian_signs(programme: Programme) -> None:
    words = programme.founded.person("leyla").passphrase

    with pytest.raises(NotAllowed):
        services.sign_roster(programme.member_id("ines"), passphrase=words, by=programme.desk("leyla"))


def test_custodians_see_what_waits_and_what_changed(programme: Programme) -> None:
    Member.objects.filter(sign_in_name="ines").update(country="ES")

    (waiting,) = queries.waiting_for_signatures(programme.desk("chiara"))

    assert (waiting.name, waiting.changed) == ("Ines", ("country",))
    with pytest.raises(NotAllowed):
        queries.waiting_for_signatures(programme.desk("leyla"))


def test_a_desk_shows_the_fingerprint_of_the_key_it_really_holds(programme: Programme) -> None:
    true_key = programme.desk("ines").recipient.public_key
    swap_key(programme.member_id("ines"))

    assert programme.desk("ines").recipient.public_key == true_key


def test_roles_of_the_lead_are_signed(programme: Programme) -> None:
    assert programme.desk("leyla").roles >= {Role.LEAD, Role.RESPONDER}
    assert programme.team_id(LEADS) in queries.lead_recipients(NOBODY_EXCLUDED).team_ids
