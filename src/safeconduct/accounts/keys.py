"""Key material of members and teams: how it is made, sealed, wrapped and shared. Nothing here is kept in memory."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safeconduct.accounts.models import KeyPair, Member, SigningKey, Team, TeamKeyShare
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from safeconduct.vault import boxes, keypairs
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.labels import bound
from safeconduct.vault.passphrases import Work, as_json, derive, from_json, generate, new_salt
from safeconduct.vault.values import DoesNotOpen, Place, Recipient

SEED_BYTES = 32


@dataclass(frozen=True)
class Passphrase:
    """New words and what they derive, for as long as it takes to give them to someone."""

    words: str = field(repr=False)
    salt: bytes
    work: Work
    verifier: bytes = field(repr=False)
    kek: bytes = field(repr=False)


@dataclass(frozen=True)
class TeamSecret:
    """A team's new key pair with its seed, for as long as it takes to share it and to write its cards."""

    key: KeyPair
    seed: bytes = field(repr=False)


def new_passphrase(*, work: Work) -> Passphrase:
    """Draw new words. Spends one slow hash, so it is called before a transaction begins, where one is awaited."""
    words, salt = generate(), new_salt()
    derived = derive(words, salt, work)
    return Passphrase(words, salt, work, derived.verifier, derived.kek)


def set_passphrase(member: Member, passphrase: Passphrase) -> None:
    """Give a member new words. The caller saves the member."""
    member.salt = passphrase.salt
    member.work = as_json(passphrase.work)
    member.verifier = passphrase.verifier


def kek_of(member: Member, passphrase: str) -> bytes | None:
    """Return the key that a member's passphrase derives, or None when it is not theirs. Spends one slow hash."""
    derived = derive(passphrase, bytes(member.salt), from_json(member.work))
    return derived.kek if secrets.compare_digest(derived.verifier, bytes(member.verifier)) else None


def make_member_key(member: Member, kek: bytes) -> KeyPair:
    """Make a member's key pair, its seed sealed under their passphrase; a former one is superseded."""
    supersede(KeyPair.objects.filter(member=member, superseded_at__isnull=True))
    seed = secrets.token_bytes(SEED_BYTES)
    made = KeyPair(id=new_id(), member=member, public_key=keypairs.public_key(seed), made_at=clock.this_minute())
    made.sealed_seed = boxes.sealed_under(kek, seed, _seed_place(made.id))
    made.save()
    return made


def opened_seed(key: KeyPair, kek: bytes) -> bytes:
    """Open a member's seed."""
    return boxes.opened_under(kek, bytes(key.sealed_seed), _seed_place(key.id))


def make_signing_key(member: Member, kek: bytes, own_seed: bytes) -> SigningKey:
    """Make a custodian's signing key, sealed under their passphrase alone, so that no session can sign.

    Its public half is also sealed under their person key: what their page shows for comparison by voice must not come
    from where an intruder could have changed it.
    """
    seed = secrets.token_bytes(SEED_BYTES)
    public_key = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    made = SigningKey(id=new_id(), member=member, public_key=public_key)
    made.sealed_seed = boxes.sealed_under(kek, seed, _signing_place(made.id))
    made.sealed_public_key = boxes.sealed_under(own_seed, public_key, _shown_place(made.id))
    made.save()
    return made


def true_signing_key(key: SigningKey, own_seed: bytes) -> bytes:
    """Return a custodian's public signing key as it was when they made it."""
    return boxes.opened_under(own_seed, bytes(key.sealed_public_key), _shown_place(key.id))


def opened_signing_seed(key: SigningKey, kek: bytes) -> bytes:
    """Open a custodian's signing seed."""
    return boxes.opened_under(kek, bytes(key.sealed_seed), _signing_place(key.id))


def make_team_key(team: Team) -> TeamSecret:
    """Make a team's next key pair; a former one is superseded."""
    supersede(KeyPair.objects.filter(team=team, superseded_at__isnull=True))
    seed = secrets.token_bytes(SEED_BYTES)
    key = KeyPair.objects.create(team=team, public_key=keypairs.public_key(seed), made_at=clock.this_minute())
    return TeamSecret(key, seed)


def share(key: KeyPair, seed: bytes, member_keys: Iterable[KeyPair]) -> None:
    """Wrap a team's seed to each member's key; a share of an earlier key of theirs gives way."""
    for own in member_keys:
        wrapped = keypairs.hpke_seal(bytes(own.public_key), seed, share_binding(key.id, own.id))
        TeamKeyShare.objects.update_or_create(
            key=key, member=own.member, defaults={"wrapped_to": own.id, "wrapped_seed": wrapped}
        )


def opened_share(one: TeamKeyShare, ring: Keyring) -> bytes:
    """Open a team's seed with the key of the member it was wrapped to; one that is not the team's does not count.

    Anyone can wrap something to a public key, so whoever writes to the database could plant a seed that they know.
    """
    seed = ring.unwrap(one.wrapped_to, bytes(one.wrapped_seed), share_binding(one.key_id, one.wrapped_to))
    if keypairs.public_key(seed) != bytes(one.key.public_key):
        raise DoesNotOpen
    return seed


def share_binding(team_key: UUID, member_key: UUID) -> bytes:
    """Return what binds a share to its two keys and to this programme."""
    return bound("accounts: team share", team_key, member_key)


def recipient_of(key: KeyPair) -> Recipient:
    """Return a key pair as the vault knows it."""
    return Recipient(key.id, bytes(key.public_key))


def supersede(keys: Iterable[KeyPair]) -> None:
    """Put keys out of force. A person's sealed seed goes with it; a team's stays with those who share it."""
    for former in keys:
        former.superseded_at = clock.this_minute()
        former.sealed_seed = b""
        former.save(update_fields=["superseded_at", "sealed_seed"])


def _seed_place(key_id: UUID) -> Place:
    return Place("accounts_keypair", key_id, "sealed_seed")


def _shown_place(key_id: UUID) -> Place:
    return Place("accounts_signingkey", key_id, "sealed_public_key")


def _signing_place(key_id: UUID) -> Place:
    return Place("accounts_signingkey", key_id, "sealed_seed")
