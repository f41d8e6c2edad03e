"""An opened envelope: seals and reads what belongs to one conversation or one work file."""

import json
from typing import Any
from uuid import UUID

from safeconduct.vault.boxes import opened_under, sealed_under
from safeconduct.vault.hidden import Hidden
from safeconduct.vault.labels import derived, derived_id
from safeconduct.vault.values import Place


class Opened(Hidden):
    """One envelope whose key is in memory. Hold it for one request and let it go."""

    __slots__ = ("_key", "id")

    def __init__(self, envelope: UUID, key: bytes) -> None:
        self.id = envelope
        self._key = key

    def derived(self, purpose: str) -> bytes:
        """Return a key of its own for one purpose. The envelope's key does not follow from it."""
        return derived(self._key, purpose, self.id)

    def blind_id(self, purpose: str) -> UUID:
        """Return an id that only who opens this envelope can compute: a stolen table does not say whose it is."""
        return derived_id(self.derived(purpose), purpose)

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Seal bytes for one place."""
        return sealed_under(self._key, plain, place)

    def read(self, sealed: bytes, place: Place) -> bytes:
        """Read what was sealed for this place, or raise ``DoesNotOpen``."""
        return opened_under(self._key, bytes(sealed), place)

    def seal_text(self, plain: str, place: Place) -> bytes:
        """Seal words for one place."""
        return self.seal(plain.encode(), place)

    def read_text(self, sealed: bytes, place: Place) -> str:
        """Read the words sealed for this place."""
        return self.read(sealed, place).decode()

    def seal_json(self, plain: Any, place: Place) -> bytes:  # noqa: ANN401 - whatever JSON can hold
        """Seal a value that JSON can hold."""
        return self.seal(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), place)

    def read_json(self, sealed: bytes, place: Place) -> Any:  # noqa: ANN401 - whatever was sealed
        """Read the value sealed for this place."""
        return json.loads(self.read(sealed, place))
