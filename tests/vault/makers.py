"""Ordinary people and envelopes for the vault's tests."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, EnvelopeKind, Keyring, Opened, Place, Recipient, ReporterKey, keypairs, services

SOMEWHERE = Place(table="report", row=UUID("6f0c4a52-9b1e-4a86-b9f8-0f5c2d1e7a31"), field="text")
WORDS = "They published where I live."


@dataclass(frozen=True)
class Holder:
    """Somebody with a key: what others wrap to, and what they open with."""

    seed: bytes
    recipient: Recipient
    ring: Keyring

    @property
    def actor(self) -> Actor:
        return self.ring.actor


def make_holder(*, blind: bool = False) -> Holder:
    seed = secrets.token_bytes(32)
    own = keypairs.blind_id(seed) if blind else new_id()
    ring = Keyring(Actor(ActorKind.MEMBER, new_id()), {own: seed})
    return Holder(seed, Recipient(own, keypairs.public_key(seed)), ring)


def make_envelope(
    *holders: Holder, kind: EnvelopeKind = EnvelopeKind.CONVERSATION, reporter: ReporterKey | None = None
) -> Opened:
    to = [holder.recipient for holder in holders]
    return services.wrap(new_id(), kind, to=to, reporter=reporter, by=holders[0].actor)


def make_code() -> CaseCode:
    return CaseCode.from_nonce(secrets.token_bytes(32))


def reporter_ring(key: ReporterKey) -> Keyring:
    return Keyring(Actor(ActorKind.REPORTER, new_id()), {key.recipient_id: key.key})


def can_open(envelope: UUID, ring: Keyring) -> bool:
    return envelope in services.open([envelope], ring=ring, why="test")
