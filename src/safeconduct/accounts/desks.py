"""Makes a desk: reads what the roster says of someone and puts the keys they hold on one ring."""

from collections.abc import Iterator
from uuid import UUID

import structlog

from safeconduct.accounts import keys
from safeconduct.accounts.models import KeyPair, Member, SigningKey, TeamKeyShare
from safeconduct.accounts.roster import vouched
from safeconduct.accounts.values import Desk, MemberKind, Role, TeamKind
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.vault import keypairs
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.labels import derived_id
from safeconduct.vault.values import DoesNotOpen, Recipient

log = structlog.get_logger()

_ACTOR_KINDS = {MemberKind.STAFF: ActorKind.MEMBER, MemberKind.PARTNER: ActorKind.PARTNER_MEMBER}


def desk_for(member_id: UUID, seed: bytes) -> Desk | None:
    """Return the desk of a member whose seed is open, or None for someone removed.

    Roles count only as the roster has them signed, so that a role written into the database gives nothing.
    """
    key = KeyPair.objects.select_related("member").filter(member_id=member_id, superseded_at__isnull=True).first()
    if key is None or key.member is None or key.member.removed_at:
        return None
    desk = _bare_desk(key.member, key, seed)
    for share, team_seed in _shares(key, desk.ring):
        desk.ring.add(share.key_id, team_seed)
        if share.key.team is not None and share.key.team.kind == TeamKind.PARTNER.value:
            _speak_for_organisation(desk, share.key, team_seed)
    return desk


def actor_of(member: Member) -> Actor:
    """Return a member by their own id, for entries about people and keys."""
    return Actor(_ACTOR_KINDS[MemberKind(member.kind)], member.id)


def _bare_desk(member: Member, key: KeyPair, seed: bytes) -> Desk:
    actor = actor_of(member)
    signed = vouched([member])[member.id].known
    return Desk(
        member_id=member.id,
        display_name=member.display_name,
        kind=MemberKind(member.kind),
        roles=frozenset(Role(role) for role in member.roles) if signed else frozenset(),
        country=member.country,
        time_zone=member.time_zone,
        organisation_id=member.organisation_id,
        ring=Keyring(actor, {key.id: seed}),
        actor=actor,
        # From the seed and not from the row, so that the fingerprint on their page is true.
        recipient=Recipient(key.id, keypairs.public_key(seed)),
        signing_key=_signing_key(member, seed),
    )


def _signing_key(member: Member, seed: bytes) -> bytes:
    if Role.CUSTODIAN.value not in member.roles:
        return b""
    key = SigningKey.objects.filter(member=member, retired_at__isnull=True).first()
    try:
        return keys.true_signing_key(key, seed) if key else b""
    except DoesNotOpen:
        return b""


def _shares(own: KeyPair, ring: Keyring) -> Iterator[tuple[TeamKeyShare, bytes]]:
    found = TeamKeyShare.objects.filter(wrapped_to=own.id).select_related("key__team").order_by("key__made_at")
    for share in found:
        try:
            yield share, keys.opened_share(share, ring)
        except DoesNotOpen:
            # A share that was tampered with must not lock its member out of everything else.
            log.warning("accounts.share-does-not-open", share=str(share.id), member=str(own.member_id))


def _speak_for_organisation(desk: Desk, key: KeyPair, team_seed: bytes) -> None:
    """Let a partner's member read, file and be recorded under ids that only the organisation's seed gives.

    A stolen database then says neither which partner a report is wrapped to nor, in the audit record, who filed it.
    """
    desk.ring.add(keypairs.blind_id(team_seed), team_seed, blind=True)
    if key.team is None or key.superseded_at is not None or key.team_id != desk.organisation_id:
        return
    if vouched([key.team])[key.team.id].ready:
        desk.organisation = Recipient(keypairs.blind_id(team_seed), keypairs.public_key(team_seed))
        desk.actor = desk.ring.actor = blind_actor(team_seed, desk.member_id)


def blind_actor(team_seed: bytes, member_id: UUID) -> Actor:
    """Return a partner's member as entries about cases name them: by an id that only the organisation can compute."""
    return Actor(ActorKind.PARTNER_MEMBER, derived_id(team_seed, f"accounts: actor {member_id}"))


def own_actor(desk: Desk) -> Actor:
    """Return who sits at a desk by their own id. It must never stand in an entry about a case."""
    return Actor(_ACTOR_KINDS[desk.kind], desk.member_id)
