"""Custodians' signatures under the roster, each given with the custodian's own passphrase."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from safeconduct.accounts import desks, keys, pins, roster
from safeconduct.accounts.models import KeyPair, Member, RosterEntry, RosterSignature, SigningKey, Team
from safeconduct.accounts.rules import LONGEST_PASSPHRASE, SIGNATURES_NEEDED
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.kernel.errors import NotAllowed, Refused


def sign_roster(subject_id: UUID, *, passphrase: str, by: Desk) -> bool:
    """Sign what the rows of a member or team say now, and return whether that makes two.

    The passphrase is asked for each time: a session that was left open, or taken, can sign nothing.
    """
    return _sign(subject_id, seed=signing_seed(by, passphrase), by=by)


@transaction.atomic
def _sign(subject_id: UUID, *, seed: bytes, by: Desk) -> bool:
    subject, own = _subject(subject_id)
    entry = renewed_entry(subject, own)
    put_signature(entry, custodian=by.member_id, seed=seed)
    audit.record(desks.own_actor(by), "roster.signed", subject_id)
    ready = roster.vouched([subject])[subject_id].ready
    if ready:
        transaction.on_commit(lambda: pins.raise_revision(subject_id, entry.revision))
    return ready


def signing_seed(by: Desk, passphrase: str) -> bytes:
    """Return a pinned custodian's signing seed, which only their own words open.

    It spends a slow hash, so it is called before a transaction begins: nobody else's writing waits for it.
    """
    pinned = pins.kept_pins().custodians.get(by.member_id)
    key = SigningKey.objects.filter(member_id=by.member_id, retired_at__isnull=True).first()
    if pinned is None or key is None or bytes(key.public_key) != pinned:
        raise NotAllowed
    kek = keys.kek_of(Member.objects.get(id=by.member_id), passphrase[:LONGEST_PASSPHRASE])
    if kek is None:
        raise Refused("roster.passphrase", "These are not your six words. Nothing was signed; type them again.")
    return keys.opened_signing_seed(key, kek)


def _subject(subject_id: UUID) -> tuple[Member | Team, KeyPair]:
    found = (
        Member.objects.filter(id=subject_id, removed_at__isnull=True, confirmed_at__isnull=False).first()
        or Team.objects.filter(id=subject_id).first()
    )
    key = roster.current_keys([subject_id]).get(subject_id)
    if found is None or key is None:
        raise Refused("roster.no-key", "There is no key to sign yet. Wait until this person has signed in once.")
    return found, key


def renewed_entry(subject: Member | Team, key: KeyPair) -> RosterEntry:
    """Return the entry about what the rows say now; where that differs from the last, signatures start anew."""
    entry = RosterEntry.objects.select_for_update().filter(subject=subject.id).first()
    if entry is None:
        statement = roster.statement_about(subject, key, 1)
        return RosterEntry.objects.create(subject=subject.id, revision=1, statement=statement)
    oldest = pins.kept_pins().oldest_allowed(subject.id)
    if entry.statement == roster.statement_about(subject, key, entry.revision) and entry.revision >= oldest:
        return entry
    _keep_last_signed(entry)
    entry.signatures.all().delete()
    entry.revision = max(entry.revision + 1, oldest)
    entry.statement = roster.statement_about(subject, key, entry.revision)
    entry.save()
    return entry


def _keep_last_signed(entry: RosterEntry) -> None:
    signed = roster.signatures_of(entry)
    if len(roster.signers_of(entry.statement, signed, pins.kept_pins())) >= SIGNATURES_NEEDED:
        entry.last_signed = entry.statement
        entry.last_signatures = [[str(custodian), signature.hex()] for custodian, signature in signed]


def put_signature(entry: RosterEntry, *, custodian: UUID, seed: bytes) -> None:
    """Sign an entry's statement; the same custodian's earlier signature gives way."""
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(entry.statement.encode())
    RosterSignature.objects.update_or_create(entry=entry, custodian=custodian, defaults={"signature": signature})
