"""What reporters excluded is looked up in words that custodians signed, whatever somebody wrote into the rows."""

from uuid import UUID

import pytest

from safeconduct.accounts import checks, pins, queries, services
from safeconduct.accounts.models import KeyPair, Member, RosterEntry, RosterSignature, Team, TeamKeyShare
from safeconduct.accounts.services import signing
from safeconduct.accounts.values import NOBODY_EXCLUDED, Exclusions, NewPerson, Note, Role
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.accounts.test_coming_and_going import join, sign
from tests.programme import LEADS, LISBON, NAIROBI, Programme

NOT_KENYA = Exclusions(countries=frozenset({"KE"}))
NURA = NewPerson("Nura", "nura", frozenset({Role.RESPONDER}), "GB", ("en",), (NAIROBI,))


@pytest.fixture
def nura(programme: Programme) -> UUID:
    """Return someone in the Nairobi team who lives elsewhere: only the team's country keeps them out."""
    member_id = join(programme, NURA).member_id
    sign(programme, member_id)
    services.share_team_keys(by=programme.desk("idris"))
    return member_id


def readers(exclude: Exclusions) -> frozenset[UUID]:
    return queries.people_who_can_open(queries.intake_recipients(exclude))


def forge_entry(subject: UUID) -> None:
    """Write an entry that fits the changed row, without anybody's signature."""
    entry = RosterEntry.objects.get(subject=subject)
    entry.statement = entry.statement.replace('"country":"KE"', '"country":"GB"')
    entry.last_signed = ""
    entry.save()


def drop_entry(subject: UUID) -> None:
    RosterEntry.objects.filter(subject=subject).delete()


def leave_entry(_subject: UUID) -> None:
    """Change the team's row and nothing else."""


@pytest.mark.parametrize("spoil", [leave_entry, forge_entry, drop_entry])
@pytest.mark.parametrize("country", ["GB", ""])
def test_a_team_moved_in_the_table_is_still_kept_from_what_excludes_it(
    programme: Programme, nura: UUID, country: str, spoil: object
) -> None:
    Team.objects.filter(name=NAIROBI).update(country=country)
    spoil(programme.team_id(NAIROBI))  # type: ignore[operator] # one of the three above

    reading = readers(NOT_KENYA)

    assert not reading & {nura, programme.member_id("idris")}
    assert programme.member_id("ines") in reading
    assert NAIROBI in checks.Roster().run().what


def test_without_the_change_the_same_people_are_kept_out(programme: Programme, nura: UUID) -> None:
    assert not readers(NOT_KENYA) & {nura, programme.member_id("idris")}
    assert nura in readers(NOBODY_EXCLUDED)


def test_a_forged_country_survives_no_rekeying(programme: Programme, nura: UUID) -> None:
    Team.objects.filter(name=NAIROBI).update(country="GB")
    services.rekey_team(programme.team_id(NAIROBI), by=programme.desk("leyla"))

    (waiting,) = queries.waiting_for_signatures(programme.desk("chiara"))

    assert (waiting.name, waiting.country, waiting.changed, waiting.tampered) == (NAIROBI, "GB", ("country",), False)
    assert nura not in readers(NOT_KENYA)
    assert nura in readers(NOBODY_EXCLUDED)


def test_a_team_turned_into_leads_in_the_table_reads_nothing_meant_for_leads(programme: Programme) -> None:
    Team.objects.filter(name=LISBON).update(kind="lead")

    audience = queries.lead_recipients(NOBODY_EXCLUDED)

    assert queries.people_who_can_open(audience) == {programme.member_id("leyla")}


def test_a_team_nobody_signed_is_left_out_with_a_note(programme: Programme) -> None:
    RosterSignature.objects.filter(entry__subject=programme.team_id(LISBON)).delete()

    audience = queries.intake_recipients(NOBODY_EXCLUDED)

    assert programme.member_id("ines") not in queries.people_who_can_open(audience)
    assert Note.TEAM_UNKNOWN in audience.notes


def test_a_member_renamed_in_the_table_is_still_known_by_the_signed_name(programme: Programme) -> None:
    Member.objects.filter(sign_in_name="idris").update(display_name="Someone", sign_in_name="someone", country="GB")

    idris = programme.member_id("idris")

    assert queries.is_excluded(idris, Exclusions(person="Idris"))
    assert queries.is_excluded(idris, NOT_KENYA)


def test_reporters_are_offered_the_countries_that_were_signed(programme: Programme) -> None:
    Team.objects.filter(name=NAIROBI).update(country="")
    Member.objects.filter(sign_in_name="idris").update(country="")

    assert "KE" in queries.countries_of_staff()


@pytest.mark.django_db(transaction=True)
def test_an_older_signed_country_cannot_be_put_back_as_the_last_signed(programme: Programme) -> None:
    lisbon = programme.team_id(LISBON)
    old = RosterEntry.objects.get(subject=lisbon)
    signed = [[str(one.custodian), bytes(one.signature).hex()] for one in old.signatures.all()]
    Team.objects.filter(id=lisbon).update(country="KE")
    sign(programme, lisbon)
    assert pins.kept_pins().revisions[lisbon] == 2

    RosterSignature.objects.filter(entry__subject=lisbon).delete()
    RosterEntry.objects.filter(subject=lisbon).update(last_signed=old.statement, last_signatures=signed)

    assert programme.member_id("ines") not in readers(NOT_KENYA)


def test_signed_words_of_one_team_do_not_speak_for_another(programme: Programme, nura: UUID) -> None:
    donor = RosterEntry.objects.get(subject=programme.team_id(LEADS))
    signed = [[str(one.custodian), bytes(one.signature).hex()] for one in donor.signatures.all()]
    nairobi = RosterEntry.objects.filter(subject=programme.team_id(NAIROBI))
    RosterSignature.objects.filter(entry__in=nairobi).delete()
    nairobi.update(last_signed=donor.statement, last_signatures=signed)

    assert nura not in readers(NOT_KENYA)


def test_with_every_entry_gone_nobody_is_wrapped_to(programme: Programme) -> None:
    RosterEntry.objects.all().delete()

    with pytest.raises(Refused):
        queries.intake_recipients(NOBODY_EXCLUDED)
    assert KeyPair.objects.filter(team_id=programme.team_id(LISBON)).exists()


def test_one_team_more_takes_nobody_out_of_work(programme: Programme) -> None:
    ines = programme.member_id("ines")

    services.join_team(ines, programme.team_id(NAIROBI), by=programme.desk("leyla"))

    assert programme.desk("ines").roles == {Role.RESPONDER}
    assert queries.person_recipient(ines)
    assert programme.team_id(LISBON) in queries.intake_recipients(NOBODY_EXCLUDED).team_ids
    assert services.share_team_keys(by=programme.desk("idris")) == 0


def forge_waiting(member_id: UUID, teams: list[str], **changed: object) -> None:
    """Write to the table what a lead's own act would have left there: a renewed entry that waits."""
    Member.objects.filter(id=member_id).update(planned_teams=teams, **changed)
    member = Member.objects.get(id=member_id)
    signing.renewed_entry(member, KeyPair.objects.get(member=member, superseded_at=None))


def test_somebody_taken_out_of_a_team_in_the_table_is_handed_nothing(programme: Programme, nura: UUID) -> None:
    TeamKeyShare.objects.filter(member_id=nura).delete()

    forge_waiting(nura, [str(programme.team_id(LISBON))])

    assert nura not in readers(NOT_KENYA)
    with pytest.raises(NotAllowed):
        queries.person_recipient(nura)


def test_somebody_put_into_a_team_in_the_table_is_wrapped_nothing_through_it(programme: Programme, nura: UUID) -> None:
    forge_waiting(nura, sorted(map(str, (programme.team_id(LISBON), programme.team_id(NAIROBI)))))

    assert nura not in queries.intake_recipients(Exclusions(countries=frozenset({"NL"}))).member_ids


@pytest.mark.parametrize("changed", [{"roles": ["lead"]}, {"country": "PT"}, {"display_name": "Someone"}])
def test_a_renewed_entry_that_changes_more_than_teams_counts_for_nothing(
    programme: Programme, nura: UUID, changed: dict[str, object]
) -> None:
    forge_waiting(nura, [str(programme.team_id(NAIROBI))], **changed)

    with pytest.raises(NotAllowed):
        queries.person_recipient(nura)
