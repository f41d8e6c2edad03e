"""Boxes for slips: anybody's hand may put one in, and only those a box's key is wrapped for can take them out.

Each box has a key pair of its own. Its private half lies sealed in an envelope; when that is destroyed, nobody reads
what was put in.
"""

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from safeconduct.kernel.actors import Actor
from safeconduct.vault import keypairs
from safeconduct.vault.labels import KEY_BYTES, bound
from safeconduct.vault.opened import Opened
from safeconduct.vault.padding import padded, unpadded
from safeconduct.vault.services import wrap
from safeconduct.vault.values import EnvelopeKind, Place, Recipient


@transaction.atomic
def make(box: UUID, *, to: Sequence[Recipient], by: Actor) -> tuple[bytes, bytes]:
    """Make a box that these recipients can empty; return its public key and its sealed private half."""
    seed = secrets.token_bytes(KEY_BYTES)
    opened = wrap(box, EnvelopeKind.SLIPS, to=to, reporter=None, by=by)
    return keypairs.public_key(seed), opened.seal(seed, _place(box))


def put(box: UUID, slip: UUID, plain: bytes, *, public_key: bytes) -> bytes:
    """Seal a slip into a box. It needs no key, and afterwards whoever put it in cannot read it either."""
    return keypairs.hpke_seal(public_key, padded(plain), _info(box, slip))


def take(slips: Sequence[tuple[UUID, bytes]], opened: Opened, *, sealed_seed: bytes) -> list[bytes]:
    """Read the slips of an opened box."""
    return take_with(opened.read(sealed_seed, _place(opened.id)), opened.id, slips)


def take_with(seed: bytes, box: UUID, slips: Sequence[tuple[UUID, bytes]]) -> list[bytes]:
    """Read the slips of a box with the seed of its key, for whoever was given that."""
    pair = keypairs.KeyPair.from_seed(seed)
    return [unpadded(pair.open(bytes(sealed), _info(box, slip))) for slip, sealed in slips]


def _place(box: UUID) -> Place:
    return Place("box", box, "sealed_seed")


def _info(box: UUID, slip: UUID) -> bytes:
    return bound("slip", box, slip)
