"""Which veil is open on a page: one item, for one answer."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from safeconduct.domains.cases.rules.words import Showing


class HasId(Protocol):
    """Whatever can lie behind a veil: a report, a message, a file."""

    @property
    def id(self) -> UUID:
        """Return what names the item."""


@dataclass(frozen=True)
class Lifted:
    """The one veil that is open on this page.

    ``look`` lets the page ask for the picture, for a minute or two; ``text`` is a piece of evidence as plain letters.
    """

    item: UUID
    showing: Showing
    look: str = ""
    text: str = ""

    @property
    def grey(self) -> bool:
        """Return whether the picture is shown small and grey only."""
        return self.showing is Showing.PICTURE_GREY
