"""People join, lose their words, and leave; keys follow, and never stay with whoever left."""

from collections import defaultdict
from datetime import timedelta

import pytest

from safeconduct.accounts import events as facts
from safeconduct.accounts import pins, queries, second_factor, services
from safeconduct.accounts.keys import share_binding
from safeconduct.accounts.models import KeyPair, Session, TeamKeyShare
from safeconduct.accounts.values import (
    NOBODY_EXCLUDED,
    Desk,
    Joining,
    NewPerson,
    NewTeam,
    Note,
    Role,
    Standing,
    TeamKind,
)
from safeconduct.kernel import clock, events
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind, Recipient, keypairs
from safeconduct.vault import services as vault
from tests.cast import PARTNER_NAME
from tests.programme import CHEAP, FOUNDERS, LEADS, LISBON, PARTNER_ID, TEAMS, Programme

NURA = NewPerson("Nura", "nura", frozenset({Role.RESPONDER}), "PT", ("en",), (LISBON,))


def join(programme: Programme, person: NewPerson = NURA) -> Joining:
    words = services.invite_member(person, by=programme.desk("leyla"))
    joining = services.accept_invitation(words, work=CHEAP)
    come_in(joining)
    return joining


def come_in(joining: Joining) -> Desk:
    code = second_factor.code_now(joining.second_factor_secret)
    services.end_sessions_of(joining.member_id)
    made = services.sign_in(joining.sign_in_name, joining.passphrase, code)
    desk = services.session_from(made.cookie)
    assert isinstance(desk, Desk)
    return desk


def again(joining: Joining) -> Desk:
    made = services.enter_as(joining.sign_in_name, joining.passphrase, joining.second_factor_secret)
    desk = services.session_from(made.cookie)
    assert isinstance(desk, Desk)
    return desk


def agreed(programme: Programme, name: str = "chiara") -> services.Agreement:
    return services.Agreement(programme.desk(name), programme.founded.person(name).passphrase)


def sign(programme: Programme, subject: object) -> None:
    for name in ("chiara", "kofi"):
        words = programme.founded.person(name).passphrase
        services.sign_roster(subject, passphrase=words, by=programme.desk(name))  # type: ignore[arg-type] # an id


def forgotten_an_hour_later() -> int:
    """Let the round come by once whatever was being filed has long been kept."""
    later = clock.now() + timedelta(hours=2)
    with clock.use(lambda: later):
        return services.forget_superseded()


def held_by(desk: Desk) -> set[str]:
    return {one.name for one in queries.holders(desk.ring.recipient_ids).values()}


def test_whoever_joins_holds_nothing_until_two_custodians_signed(programme: Programme) -> None:
    nura = join(programme)
    services.share_team_keys(by=programme.desk("ines"))

    desk = again(nura)

    assert (desk.roles, held_by(desk)) == (frozenset(), {"Nura"})
    with pytest.raises(NotAllowed):
        queries.person_recipient(nura.member_id)


def test_a_colleague_who_signs_in_hands_the_team_key_on(programme: Programme) -> None:
    nura = join(programme)
    sign(programme, nura.member_id)

    again(programme.founded.person("ines"))

    desk = again(nura)
    assert (desk.roles, held_by(desk)) == ({Role.RESPONDER}, {"Nura", LISBON})


def test_a_key_swapped_while_it_waits_is_never_given_the_team_key(programme: Programme) -> None:
    nura = join(programme)
    sign(programme, nura.member_id)
    KeyPair.objects.filter(member_id=nura.member_id).update(public_key=KeyPair.objects.first().public_key)  # type: ignore[union-attr] # there are some

    assert services.share_team_keys(by=programme.desk("ines")) == 0


def test_only_leads_invite_help_and_remove(programme: Programme) -> None:
    for act in (
        lambda: services.invite_member(NURA, by=programme.desk("ines")),
        lambda: services.replace_lost_passphrase(programme.member_id("idris"), by=programme.desk("ines")),
        lambda: services.remove_member(programme.member_id("idris"), by=programme.desk("ines")),
        lambda: services.rekey_team(programme.team_id(LISBON), by=programme.desk("tomas")),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_invitation_ends_after_three_days(programme: Programme) -> None:
    words = services.invite_member(NURA, by=programme.desk("leyla"))
    later = clock.now() + timedelta(hours=73)

    with clock.use(lambda: later), pytest.raises(NotAllowed):
        services.accept_invitation(words, work=CHEAP)


def test_a_name_is_taken_once(programme: Programme) -> None:
    join(programme)

    with pytest.raises(Refused, match="Choose another"):
        services.invite_member(NURA, by=programme.desk("leyla"))


def test_a_lost_passphrase_closes_the_old_way_in_at_once(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    cookie = programme.cookie("ines")

    services.replace_lost_passphrase(ines.member_id, by=programme.desk("leyla"))

    assert services.session_from(cookie) is None
    with pytest.raises(NotAllowed):
        services.sign_in("ines", ines.passphrase, second_factor.code_now(ines.second_factor_secret))


def test_a_lost_passphrase_gives_a_new_key_that_colleagues_serve(programme: Programme) -> None:
    before = queries.person_recipient(programme.member_id("ines"))
    nura = join(programme)
    sign(programme, nura.member_id)
    services.share_team_keys(by=programme.desk("ines"))
    words = services.replace_lost_passphrase(programme.member_id("ines"), by=programme.desk("leyla"))
    anew = services.accept_invitation(words, work=CHEAP)
    come_in(anew)
    sign(programme, anew.member_id)

    again(nura)

    assert held_by(again(anew)) == {"Ines", LISBON}
    after = queries.person_recipient(anew.member_id)
    assert (after.id != before.id, after.public_key != before.public_key) == (True, True)
    assert queries.superseded_keys()[before.id] == after


def test_nobody_helps_themselves_back_in(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        services.replace_lost_passphrase(programme.member_id("leyla"), by=programme.desk("leyla"))


def test_a_custodian_with_a_new_key_signs_only_once_it_is_pinned(programme: Programme) -> None:
    words = services.replace_lost_passphrase(
        programme.member_id("kofi"), by=programme.desk("leyla"), agreement=agreed(programme)
    )
    kofi = services.accept_invitation(words, work=CHEAP)
    come_in(kofi)

    with pytest.raises(NotAllowed):
        services.sign_roster(kofi.member_id, passphrase=kofi.passphrase, by=again(kofi))


@pytest.mark.django_db(transaction=True)
def test_pinning_lets_the_new_key_sign_and_keeps_what_the_old_one_signed(programme: Programme) -> None:
    words = services.replace_lost_passphrase(
        programme.member_id("kofi"), by=programme.desk("leyla"), agreement=agreed(programme)
    )
    kofi = services.accept_invitation(words, work=CHEAP)
    come_in(kofi)
    shown = queries.signing_fingerprint_of(again(kofi))

    assert services.custodian_fingerprint("kofi") == shown
    services.pin_custodian("kofi")

    assert not services.sign_roster(kofi.member_id, passphrase=kofi.passphrase, by=again(kofi))
    assert queries.person_recipient(programme.member_id("ines"))


def test_removal_gives_the_team_a_key_that_the_one_who_left_never_had(programme: Programme) -> None:
    nura = join(programme)
    sign(programme, nura.member_id)
    services.share_team_keys(by=programme.desk("ines"))
    known = again(nura).ring.recipient_ids

    services.remove_member(nura.member_id, by=programme.desk("leyla"))

    audience = queries.intake_recipients(NOBODY_EXCLUDED)
    assert not {one.id for one in audience.recipients} & known
    assert not Session.objects.filter(holder_id=nura.member_id).exists()
    assert not TeamKeyShare.objects.filter(member_id=nura.member_id).exists()


def test_reports_go_to_members_one_by_one_until_the_new_team_key_is_signed(programme: Programme) -> None:
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))

    waiting = queries.intake_recipients(NOBODY_EXCLUDED)
    sign(programme, programme.team_id(LISBON))
    signed = queries.intake_recipients(NOBODY_EXCLUDED)

    assert waiting.member_ids == {programme.member_id("ines")}
    assert Note.TEAM_UNSIGNED in waiting.notes
    assert programme.team_id(LISBON) in signed.team_ids


def test_those_who_stay_keep_the_former_key_until_nothing_needs_it(programme: Programme) -> None:
    ines = programme.desk("ines")
    (former,) = (key for key, holder in queries.holders(ines.ring.recipient_ids).items() if holder.name == LISBON)
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))

    envelope = new_id()
    vault.wrap(
        envelope,
        EnvelopeKind.WORK,
        to=[Recipient(former, bytes(KeyPair.objects.get(id=former).public_key))],
        reporter=None,
        by=ines.actor,
    )

    assert queries.superseded_keys()[former] is not None
    assert forgotten_an_hour_later() == 0
    assert former in programme.desk("ines").ring.recipient_ids
    vault.destroy(envelope, by=ines.actor)
    assert services.forget_superseded() == 0
    assert forgotten_an_hour_later() == 1
    assert former not in programme.desk("ines").ring.recipient_ids


def test_a_team_is_never_left_without_anyone(programme: Programme) -> None:
    with pytest.raises(Refused, match="without anyone"):
        services.remove_member(programme.member_id("ines"), by=programme.desk("leyla"))


def test_an_organisation_may_lose_its_last_member(programme: Programme) -> None:
    tomas = programme.desk("tomas")

    services.remove_member(tomas.member_id, by=programme.desk("leyla"))

    assert not KeyPair.objects.filter(team_id=PARTNER_ID, superseded_at__isnull=True).exists()


def test_nobody_removes_themselves(programme: Programme) -> None:
    with pytest.raises(Refused, match="another lead"):
        services.remove_member(programme.member_id("leyla"), by=programme.desk("leyla"))


@pytest.mark.django_db(transaction=True)
def test_what_higher_rooms_must_know_is_announced_after_commit(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    nura = join(programme)
    heard: list[object] = []
    monkeypatch.setattr(events, "_listeners", defaultdict(list))
    for fact in (facts.MemberRemoved, facts.KeySuperseded):
        events.subscribe(fact, heard.append)

    own = KeyPair.objects.get(member_id=nura.member_id).id
    services.remove_member(nura.member_id, by=programme.desk("leyla"))

    assert facts.KeySuperseded(own) in heard
    assert facts.MemberRemoved(nura.member_id) in heard


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("data_folder")
def test_a_removed_custodian_signs_nothing_new() -> None:
    third = NewPerson("Nura", "nura", frozenset({Role.CUSTODIAN}), "PT")
    programme = Programme(services.found_programme((*FOUNDERS, third), TEAMS, work=CHEAP))
    kofi = programme.member_id("kofi")

    services.remove_member(kofi, by=programme.desk("leyla"), agreement=agreed(programme))

    assert kofi not in pins.kept_pins().custodians
    assert {one.standing for one in queries.everyone()} == {Standing.READY}


def test_nobody_leaves_a_team_and_keeps_working(programme: Programme) -> None:
    with pytest.raises(Refused, match="cannot unlearn"):
        services.plan_teams(programme.member_id("ines"), [], by=programme.desk("leyla"))


def test_joining_another_team_takes_two_signatures(programme: Programme) -> None:
    ines = programme.member_id("ines")

    services.join_team(ines, programme.team_id(LEADS), by=programme.desk("leyla"))
    before = services.share_team_keys(by=programme.desk("leyla"))
    sign(programme, ines)

    assert (before, services.share_team_keys(by=programme.desk("leyla"))) == (0, 1)


def test_a_partners_member_is_recorded_under_an_id_that_only_the_organisation_can_compute(
    programme: Programme,
) -> None:
    tomas = programme.desk("tomas")

    assert tomas.actor.kind is ActorKind.PARTNER_MEMBER
    assert tomas.actor.id not in {None, tomas.member_id}
    assert tomas.actor == tomas.ring.actor == programme.desk("tomas").actor


def test_a_partner_is_taken_in_after_the_founding(programme: Programme) -> None:
    leyla = programme.desk("leyla")
    team = services.make_team(NewTeam("Second Helpline", TeamKind.PARTNER), by=leyla)
    person = NewPerson("Nura", "nura", frozenset({Role.PARTNER}), teams=("Second Helpline",))
    nura = join(programme, person)
    sign(programme, nura.member_id)

    services.rekey_team(team, by=leyla)
    unsigned = again(nura)
    sign(programme, team)

    desk = again(nura)
    assert (unsigned.organisation, desk.organisation_id) == (None, team)
    assert desk.organisation is not None


@pytest.mark.parametrize(("role", "team"), [(Role.PARTNER, LISBON), (Role.RESPONDER, PARTNER_NAME)])
def test_staff_and_partners_do_not_share_a_team(programme: Programme, role: Role, team: str) -> None:
    with pytest.raises(Refused, match="one organisation"):
        services.invite_member(NewPerson("Nura", "nura", frozenset({role}), teams=(team,)), by=programme.desk("leyla"))


def plant_share(programme: Programme, name: str, team: str) -> None:
    share = TeamKeyShare.objects.get(member_id=programme.member_id(name), key__team__name=team)
    own = KeyPair.objects.get(id=share.wrapped_to)
    share.wrapped_seed = keypairs.hpke_seal(bytes(own.public_key), b"v" * 32, share_binding(share.key_id, own.id))
    share.save()


def test_a_planted_team_seed_is_not_taken_for_the_teams(programme: Programme) -> None:
    plant_share(programme, "tomas", PARTNER_NAME)

    tomas = programme.desk("tomas")

    assert (tomas.organisation, held_by(tomas)) == (None, {"Tomas"})


def test_a_planted_team_seed_with_its_planted_key_files_nothing(programme: Programme) -> None:
    plant_share(programme, "tomas", PARTNER_NAME)
    KeyPair.objects.filter(team__name=PARTNER_NAME).update(public_key=keypairs.public_key(b"v" * 32))

    assert programme.desk("tomas").organisation is None


def test_a_partners_member_holds_the_blind_key_of_their_organisation_only(programme: Programme) -> None:
    tomas = programme.desk("tomas")

    assert tomas.organisation is not None
    assert tomas.organisation.is_blind
    assert tomas.organisation.id in tomas.ring.recipient_ids
    assert tomas.organisation.id not in queries.holders([tomas.organisation.id])
    assert len(queries.members_for(tomas)) == 1
