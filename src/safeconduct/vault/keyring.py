"""What somebody can open now, in memory only."""

from collections.abc import Mapping
from uuid import UUID

from safeconduct.kernel.actors import Actor
from safeconduct.vault.hidden import Hidden
from safeconduct.vault.keypairs import KeyPair, blind_id
from safeconduct.vault.marks import mark
from safeconduct.vault.values import DoesNotOpen, Recipient


class Keyring(Hidden):
    """The key pairs of one actor: their own, and those of the teams they are in."""

    __slots__ = ("_pairs", "actor")

    def __init__(self, actor: Actor, seeds: Mapping[UUID, bytes]) -> None:
        self.actor = actor
        self._pairs: dict[UUID, KeyPair] = {}
        for recipient_id, seed in seeds.items():
            self.add(recipient_id, seed)

    def add(self, recipient_id: UUID, seed: bytes, *, blind: bool = False) -> None:
        """Put a key on the ring; with ``blind`` also under the id that hides whose it is."""
        pair = KeyPair.from_seed(seed)
        self._pairs[recipient_id] = pair
        if blind:
            self._pairs[blind_id(seed)] = pair

    @property
    def recipient_ids(self) -> frozenset[UUID]:
        """Return the ids under which keys may have been wrapped for this ring."""
        return frozenset(self._pairs)

    @property
    def marks(self) -> frozenset[UUID]:
        """Return the marks of what this ring truly opens: the id with its present key, not one it had before."""
        return frozenset(mark(Recipient(id=each, public_key=pair.public_key)) for each, pair in self._pairs.items())

    def unwrap(self, recipient_id: UUID, wrapped: bytes, info: bytes) -> bytes:
        """Return the wrapped key, or raise ``DoesNotOpen``."""
        if recipient_id not in self._pairs:
            raise DoesNotOpen
        return self._pairs[recipient_id].open(wrapped, info)
