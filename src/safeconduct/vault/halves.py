"""Identities whose key has two halves, each wrapped to another bench: nobody opens one alone, by arithmetic.

Each half comes from an envelope of its own. Together they give the identity's key by HKDF; neither is stored otherwise,
and neither says anything about the key without the other. Whoever asks is handed each half by one hand of each bench,
sealed to them and to their one asking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.ids import new_id
from safeconduct.vault import keypairs
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.labels import bound, derived
from safeconduct.vault.opened import Opened
from safeconduct.vault.services import open_one, wrap
from safeconduct.vault.values import EnvelopeKind, Recipient

PURPOSE = "half of an identity"


@dataclass(frozen=True)
class Halves:
    """The two envelopes of an identity. Their ids are random and may be stored."""

    identity: UUID
    a: UUID
    b: UUID


@dataclass(frozen=True)
class Handed:
    """Both halves, each sealed to whoever asked and to the asking that it was handed over for."""

    asking: UUID
    a: bytes
    b: bytes


def split(identity: UUID, *, a: Sequence[Recipient], b: Sequence[Recipient], by: Actor) -> tuple[Halves, Opened]:
    """Make an identity's key from two fresh halves, wrap each to its bench, and return the identity opened."""
    halves = Halves(identity, new_id(), new_id())
    with transaction.atomic():
        one = wrap(halves.a, EnvelopeKind.HALF_A, to=a, reporter=None, by=by)
        other = wrap(halves.b, EnvelopeKind.HALF_B, to=b, reporter=None, by=by)
    return halves, joined(identity, one.derived(PURPOSE), other.derived(PURPOSE))


@transaction.atomic
def hand_over(half: UUID, *, asking: UUID, to: Recipient, ring: Keyring) -> bytes:
    """Return a half, opened with a bench's key and sealed to whoever asked, for this one asking."""
    plain = open_one(half, ring=ring, why="hand over half of an identity").derived(PURPOSE)
    audit.record(ring.actor, "vault.half-handed", half)
    return keypairs.hpke_seal(to.public_key, plain, _info(asking, half, to.id))


@transaction.atomic
def open_handed(halves: Halves, handed: Handed, *, to: UUID, ring: Keyring) -> Opened:
    """Open an identity with the two halves that were handed to this recipient; ``DoesNotOpen`` if either is missing."""
    one = ring.unwrap(to, handed.a, _info(handed.asking, halves.a, to))
    other = ring.unwrap(to, handed.b, _info(handed.asking, halves.b, to))
    audit.record(ring.actor, "vault.identity-opened", halves.identity)
    return joined(halves.identity, one, other)


def joined(identity: UUID, a: bytes, b: bytes) -> Opened:
    """Return an identity opened by its two halves. Wrong ones give a key that opens nothing."""
    return Opened(identity, derived(a + b, "identity", identity))


def _info(asking: UUID, half: UUID, to: UUID) -> bytes:
    return bound("handed half", asking, half, to)
