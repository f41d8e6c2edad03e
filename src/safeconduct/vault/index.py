"""Blind tags: keyed hashes by which a value is found again, and which nobody without the key can test a guess against.

Generations nest. The tag of a value under the second key is ``HMAC(k2, HMAC(k1, value))``, so a tag that is kept can be
carried to a newer key by whoever holds that key, without anybody knowing the value. The kind of value and the platform
it is a name on stand in what is hashed: one value under two kinds gives two tags that say nothing of each other.
"""

import hmac
from collections.abc import Mapping
from uuid import UUID

from safeconduct.vault.boxes import opened_under, sealed_under
from safeconduct.vault.hidden import Hidden
from safeconduct.vault.labels import bound, derived
from safeconduct.vault.values import DoesNotOpen, Place

ID_BYTES = 16
FIRST = 1
NOWHERE = UUID(int=0)


class IndexKeys(Hidden):
    """The keys of every generation from the first on, in memory only. ``envelope`` names that of the newest."""

    __slots__ = ("_keys", "envelope")

    def __init__(self, keys: Mapping[int, bytes], envelope: UUID = NOWHERE) -> None:
        """Take the keys by generation. Raises ``ValueError`` where one is missing: the chain would give other tags."""
        if not keys or set(keys) != set(range(FIRST, max(keys) + 1)):
            raise ValueError("The keys of an index are those of every generation from the first on.")
        self._keys = dict(keys)
        self.envelope = envelope

    @property
    def newest(self) -> int:
        """Return the newest generation these keys reach."""
        return max(self._keys)

    def tag(self, kind: str, platform: str, value: str, *, generation: int) -> bytes:
        """Return the tag of a value, already brought to its plain form, as a generation keeps it."""
        first = hmac.digest(self._key(FIRST, "tags"), bound("index", kind, platform, value), "sha256")
        return self.carried(first, since=FIRST, to=generation)

    def carried(self, tag: bytes, *, since: int, to: int) -> bytes:
        """Return a kept tag of one generation as a later one keeps it."""
        for generation in range(since + 1, to + 1):
            tag = hmac.digest(self._key(generation, "tags"), bytes(tag), "sha256")
        return tag

    def seal_ids(self, ids: frozenset[UUID], place: Place, *, generation: int) -> bytes:
        """Seal what a tag leads to, under this generation's key."""
        plain = b"".join(sorted(each.bytes for each in ids))
        return sealed_under(self._key(generation, "entries"), plain, place)

    def read_ids(self, sealed: bytes, place: Place, *, generation: int) -> frozenset[UUID]:
        """Read what a tag leads to, or raise ``DoesNotOpen``."""
        if generation not in self._keys:
            raise DoesNotOpen
        plain = opened_under(self._key(generation, "entries"), bytes(sealed), place)
        return frozenset(UUID(bytes=plain[at : at + ID_BYTES]) for at in range(0, len(plain), ID_BYTES))

    def _key(self, generation: int, purpose: str) -> bytes:
        return derived(self._keys[generation], "index", purpose, generation)
