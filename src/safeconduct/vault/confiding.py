"""Facts of the record, sealed to whoever opens what an entry is about, and opened again to prove them.

Under an opened envelope, where one is at hand; to a public key, where the writer opens nothing. That key's seed is
derived from an envelope's key, so it is the same people who read.
"""

from collections.abc import Collection
from uuid import UUID

from safeconduct.audit.confided import Confided, Unseal
from safeconduct.vault import keypairs
from safeconduct.vault.boxes import opened_under, sealed_under
from safeconduct.vault.labels import bound, derived
from safeconduct.vault.opened import Opened
from safeconduct.vault.padding import padded, unpadded
from safeconduct.vault.values import DoesNotOpen, Place

SEALED, ADDRESSED = "facts sealed in the record", "facts addressed in the record"


def under(opened: Opened, **facts: str | int) -> Confided:
    """Confide facts to whoever opens this envelope."""
    return under_all([opened], **facts)


def under_all(opened: Collection[Opened], **facts: str | int) -> Confided:
    """Confide facts to whoever opens every one of these envelopes: half of them tells nothing about the rest."""
    return under_key(_joined(opened), **facts)


def under_key(key: bytes, **facts: str | int) -> Confided:
    """Confide facts to whoever has this key."""
    return Confided(facts, lambda entry_id, plain: sealed_under(key, plain, _place(entry_id)))


def to(public_key: bytes, **facts: str | int) -> Confided:
    """Confide facts to whoever opens the envelope that this key was derived from. The writer cannot read them back."""
    return Confided(facts, lambda entry_id, plain: keypairs.hpke_seal(public_key, padded(plain), _info(entry_id)))


def public_key_of(opened: Opened) -> bytes:
    """Return the public key to which others confide what only who opens this envelope may read."""
    return keypairs.public_key(opened.derived(ADDRESSED))


def read_under(*opened: Opened) -> Unseal:
    """Return what opens facts confided under exactly these envelopes."""
    return reading(_joined(opened))


def reading(key: bytes) -> Unseal:
    """Return what opens facts confided under this key."""

    def unseal(entry_id: UUID, sealed: bytes) -> bytes | None:
        try:
            return opened_under(key, sealed, _place(entry_id))
        except DoesNotOpen:
            return None

    return unseal


def read_as_addressee(opened: Opened) -> Unseal:
    """Return what opens facts confided to the public key of this envelope."""
    pair = keypairs.KeyPair.from_seed(opened.derived(ADDRESSED))

    def unseal(entry_id: UUID, sealed: bytes) -> bytes | None:
        try:
            return unpadded(pair.open(sealed, _info(entry_id)))
        except DoesNotOpen:
            return None

    return unseal


def _joined(opened: Collection[Opened]) -> bytes:
    in_order = sorted(opened, key=lambda each: each.id)
    return derived(b"".join(each.derived(SEALED) for each in in_order), SEALED)


def _place(entry_id: UUID) -> Place:
    return Place("audit_sealedfacts", entry_id, "sealed")


def _info(entry_id: UUID) -> bytes:
    return bound("sealed facts", entry_id)
