"""Joining, and coming back after a lost passphrase: one-time words from a colleague, then keys of one's own."""

from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts import desks, keys, second_factor
from safeconduct.accounts.models import Invitation, KeyPair, Member, SigningKey, Team
from safeconduct.accounts.rules import INVITATION_LASTS, check_seat, plain_words, sign_in_word
from safeconduct.accounts.services import signing
from safeconduct.accounts.services.leaving import close_way_in
from safeconduct.accounts.services.putting_out import (
    Agreement,
    agreeing_custodian,
    check_somebody_reads_on,
    record_agreement,
)
from safeconduct.accounts.services.seats import kinds_of
from safeconduct.accounts.services.supersession import announce_superseded
from safeconduct.accounts.services.taken_away import KEYS
from safeconduct.accounts.values import Desk, Joining, MemberKind, NewPerson, Role, TeamKind
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import owed
from safeconduct.vault.labels import derived
from safeconduct.vault.passphrases import STANDARD, Work, generate

NO_SUCH_WORDS = (
    "These words open no invitation. They may be mistyped, too old, or used. Ask your colleague for new ones."
)


@transaction.atomic
def invite_member(person: NewPerson, *, by: Desk) -> str:
    """Write someone in and return the one-time words to hand over in person. They last three days."""
    by.must(Role.LEAD)
    teams = _teams(person.teams)
    member = new_member(_placed(person, teams), [str(team.id) for team in teams])
    audit.record(desks.own_actor(by), "member.invited", member.id)
    return _words_for(member)


def replace_lost_passphrase(member_id: UUID, *, by: Desk, agreement: Agreement | None = None, word: str = "") -> str:
    """Close the old way in of a colleague who lost words or phone, and return one-time words for a new one.

    Nobody can open their old key any more, they included: what they could read is wrapped anew by colleagues. What
    they alone could open is lost, so it is refused then, unless the lead's ``word`` and the custodian's say it may be.
    """
    by.must(Role.LEAD)
    if member_id == by.member_id:
        raise NotAllowed
    words = (word, agreement.word if agreement else "")
    return _replace(member_id, by=by, agreed=agreeing_custodian(member_id, agreement, by=by), words=words)


@transaction.atomic
def _replace(member_id: UUID, *, by: Desk, agreed: Desk | None, words: tuple[str, str]) -> str:
    member = Member.objects.select_for_update().filter(id=member_id, removed_at__isnull=True).first()
    if member is None:
        raise NotAllowed
    record_agreement(member_id, agreed)
    check_somebody_reads_on(member_id, by=by, agreed=agreed, words=words)
    close_way_in(member)
    owed.note_later(KEYS, *KeyPair.objects.filter(member=member, superseded_at=None).values_list("id", flat=True))
    audit.record(desks.own_actor(by), "member.passphrase-replaced", member_id)
    return _words_for(member)


def accept_invitation(words: str, *, work: Work = STANDARD) -> Joining:
    """Give the holder of one-time words a passphrase, a second factor and keys. All of it is shown once.

    Until they have signed in with them once, the same words give new ones: a page lost on a bad line locks nobody out.
    """
    invited = _invited(words)
    # The slow hash comes first: nobody else's writing waits for it.
    passphrase = keys.new_passphrase(work=work)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(id=invited.id)
        # Posted twice at once: what the first was given is not taken away unseen.
        if _invited(words).id != member.id or bytes(member.verifier) != bytes(invited.verifier):
            raise NotAllowed("invitation.unknown", NO_SUCH_WORDS)
        joining = equip(member, passphrase)
        audit.record(desks.actor_of(member), "member.keys-made", member.id)
    return joining


def _invited(words: str) -> Member:
    found = Invitation.objects.select_related("member").filter(tag=_tag(words), ends_at__gt=clock.now()).first()
    if found is None or found.member.removed_at:
        raise NotAllowed("invitation.unknown", NO_SUCH_WORDS)
    return found.member


def new_member(person: NewPerson, planned_teams: list[str]) -> Member:
    """Write a row for someone who has no keys yet."""
    try:
        with transaction.atomic():
            return Member.objects.create(
                kind=person.kind.value,
                display_name=person.display_name,
                sign_in_name=sign_in_word(person.sign_in_name),
                roles=sorted(role.value for role in person.roles),
                country=person.country,
                languages=list(person.languages),
                organisation_id=person.organisation_id,
                planned_teams=sorted(planned_teams),
            )
    except IntegrityError:
        sentence = "Someone signs in by this name already. Choose another; it need not be the person's own name."
        raise Refused("member.name-taken", sentence) from None


def equip(member: Member, passphrase: keys.Passphrase) -> Joining:
    """Make everything one member needs to come in, in place of whatever they had."""
    keys.set_passphrase(member, passphrase)
    secret = second_factor.new_secret()
    member.sealed_second_factor = second_factor.sealed(member.id, secret)
    member.last_step = 0
    member.save()
    member.passkeys.all().delete()
    announce_superseded(KeyPair.objects.filter(member=member, superseded_at__isnull=True))
    key = keys.make_member_key(member, passphrase.kek)
    signing.renewed_entry(member, key)
    if Role.CUSTODIAN.value in member.roles:
        SigningKey.objects.filter(member=member, retired_at__isnull=True).update(retired_at=clock.this_minute())
        keys.make_signing_key(member, passphrase.kek, keys.opened_seed(key, passphrase.kek))
    return Joining(member.id, member.sign_in_name, passphrase.words, secret)


def _words_for(member: Member) -> str:
    member.invitations.all().delete()
    words = generate()
    Invitation.objects.create(member=member, tag=_tag(words), ends_at=clock.this_minute() + INVITATION_LASTS)
    return words


def _tag(words: str) -> bytes:
    # Six generated words are 77 bits: a slow hash would only give a flood something to spend.
    return derived(plain_words(words).encode(), "accounts: invitation")


def _placed(person: NewPerson, teams: list[Team]) -> NewPerson:
    """Give a partner's member the organisation whose team they join; nobody else may join such a team."""
    organisations = [team.id for team in teams if team.kind == TeamKind.PARTNER.value]
    wanted = 1 if person.kind is MemberKind.PARTNER else 0
    if len(organisations) != wanted or (wanted and len(teams) != wanted):
        sentence = "A partner's member joins the team of one organisation and no other; staff join teams of staff."
        raise Refused("member.mixed-teams", sentence)
    check_seat(kinds_of(teams), person.roles)
    return replace(person, organisation_id=organisations[0]) if organisations else person


def _teams(names: tuple[str, ...]) -> list[Team]:
    found = [*Team.objects.filter(name__in=names)]
    if missing := set(names) - {team.name for team in found}:
        sentence = f"There is no team called {', '.join(sorted(missing))}. The list of people names those there are."
        raise Refused("team.unknown", sentence)
    return found
