"""The plain values that the vault takes and gives."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault.hidden import Hidden

BLIND_VERSION = 8


class DoesNotOpen(NotAllowed):
    """The key does not fit, or the stored bytes are not what was sealed there. The two cannot be told apart."""

    def __init__(self) -> None:
        """Say the same whatever went wrong."""
        sentence = (
            "This does not open. Either it is not for you, or what is stored was changed: ask for 'safeconduct doctor'."
        )
        super().__init__("vault.does-not-open", sentence)


class EnvelopeKind(StrEnum):
    """What an envelope protects: what reporter, partner and staff share, what staff keep for themselves, an appeal.

    ``REVIEW`` holds what reviewers alone need in order to open the case that an appeal is about; ``SLIPS`` opens a box
    of slips that are only ever summed; ``DEMAND`` holds what an authority demands. ``HALF_A`` and ``HALF_B`` each give
    half of an identity's key; ``BOOK`` opens the reasons for which somebody asked for it.
    """

    CONVERSATION = "conversation"
    WORK = "work"
    APPEAL = "appeal"
    REVIEW = "review"
    SLIPS = "slips"
    DEMAND = "demand"
    HALF_A = "half-a"
    HALF_B = "half-b"
    BOOK = "book"
    INDEX = "index"


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs. It opens nowhere else."""

    table: str
    row: UUID
    field: str
    revision: int = 0


@dataclass(frozen=True)
class Recipient:
    """Somebody a key can be wrapped for: a person, a team or an organisation."""

    id: UUID
    public_key: bytes

    @property
    def is_blind(self) -> bool:
        """Return whether the id is derived from the key, so that the database does not say whose it is."""
        return self.id.version == BLIND_VERSION


@dataclass(frozen=True, repr=False, eq=False)
class ReporterKey(Hidden):
    """What a case code opens: one conversation. ``recipient_id`` may be stored; ``key`` never."""

    recipient_id: UUID
    key: bytes


@dataclass(frozen=True, repr=False, eq=False)
class SealedFile(Hidden):
    """A file on disk that only its own key opens. Name, kind, key and digest are content: keep them sealed."""

    id: UUID
    key: bytes
    size_bytes: int
    name: str
    kind: str
    sha256: str = ""

    def as_json(self) -> dict[str, str | int]:
        """Return everything, the key included, for ``Opened.seal_json`` and for nothing else."""
        return {
            "id": str(self.id),
            "key": b64encode(self.key).decode(),
            "size_bytes": self.size_bytes,
            "name": self.name,
            "kind": self.kind,
            "sha256": self.sha256,
        }

    @classmethod
    def from_json(cls, kept: dict[str, str | int]) -> Self:
        """Return the file that ``as_json`` described."""
        return cls(
            id=UUID(str(kept["id"])),
            key=b64decode(str(kept["key"])),
            size_bytes=int(kept["size_bytes"]),
            name=str(kept["name"]),
            kind=str(kept["kind"]),
            sha256=str(kept["sha256"]),
        )
