"""Makes a desk: reads what the roster says of someone and puts the keys they hold on one ring."""

from uuid import UUID

import structlog

from safeconduct.accounts import keys
from safeconduct.accounts.models import KeyPair, Member, SigningKey, TeamKeyShare
from safeconduct.accounts.roster import vouched
from safeconduct.accounts.values import Desk, MemberKind, Role, TeamKind
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.vault import keypairs
from safeconduct.vault.keyring import Keyring
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
    return _desk(key.member, key, seed, actor=actor_of(key.member))


def actor_of(member: Member) -> Actor:
    """Return a member as the audit record names them."""
    return Actor(_ACTOR_KINDS[MemberKind(member.kind)], member.id)


def _desk(member: Member, key: KeyPair, seed: bytes, *, actor: Actor) -> Desk:
    ring = Keyring(actor, {key.id: seed})
    signed = vouched([member])[member.id].ready
    return Desk(
        member_id=member.id,
        display_name=member.display_name,
        kind=MemberKind(member.kind),
        roles=frozenset(Role(role) for role in member.roles) if signed else frozenset(),
        country=member.country,
        organisation_id=member.organisation_id,
        ring=ring,
        actor=actor,
        recipient=Recipient(
            key.id, keypairs.public_key(seed)
        ),  # from the seed, so that the fingerprint it shows is true
        organisation=_add_teams(ring, key, member.organisation_id),
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


def _add_teams(ring: Keyring, own: KeyPair, organisation_id: UUID | None) -> Recipient | None:
    organisation = None
    shares = TeamKeyShare.objects.filter(wrapped_to=own.id).select_related("key__team").order_by("key__made_at")
    for share in shares:
        try:
            team_seed = keys.opened_share(share, ring)
        except DoesNotOpen:
            # A share that was tampered with must not lock its member out of everything else.
            log.warning("accounts.share-does-not-open", share=share.id, member=own.member_id)
            continue
        ring.add(share.key_id, team_seed)
        if share.key.team is not None and share.key.team.kind == TeamKind.PARTNER.value:
            # Reports from a partner are wrapped under an id that only the team's seed gives, so that a stolen
            # database does not say which partner filed.
            blind = Recipient(keypairs.blind_id(team_seed), keypairs.public_key(team_seed))
            ring.add(blind.id, team_seed, blind=True)
            if share.key.superseded_at is None and share.key.team_id == organisation_id:
                organisation = blind
    return organisation
