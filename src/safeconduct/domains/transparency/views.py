"""What others read from transparency: plain values."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.domains.transparency.rules.documents import Document
from safeconduct.domains.transparency.rules.periods import Period


@dataclass(frozen=True)
class Published:
    """A period with its file. ``text`` is the file's every byte, ``fingerprint`` its id in the audit record."""

    fingerprint: UUID
    document: Document
    text: str

    @property
    def period(self) -> Period:
        """Return which months it holds."""
        return Period.parse(self.document.period)
