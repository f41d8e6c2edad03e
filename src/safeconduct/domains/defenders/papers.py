"""How the room's papers are written before they are sealed."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from safeconduct.accounts.values import Exclusions
from safeconduct.vault.papers import Form


@dataclass(frozen=True)
class Particulars:
    """What a defender chose to leave with us, and how they agreed to it."""

    names: str = field(repr=False)
    contacts: str = field(repr=False)
    consent: str = field(repr=False)
    consented_on: date = date.min
    taken_by: UUID | None = None  # nobody of ours, where they enrolled themselves


@dataclass(frozen=True)
class Tie:
    """What a conversation says about its identity. ``reasons`` is the key that opens why somebody asked.

    ``by`` tied it: the record does not say who, for that would say whose report it is.
    """

    pseudonym: str
    how: str = ""
    by: str = ""
    reasons: str = field(default="", repr=False)

    @property
    def enrolled_here(self) -> bool:
        """Return whether this is the conversation in which they enrolled."""
        return bool(self.reasons)


@dataclass(frozen=True)
class TiedCase:
    """A case of theirs, for whoever opens the identity."""

    number: str
    on: date


PARTICULARS = Form(Particulars, "defenders_identity", "sealed")
EXCLUDED = Form(Exclusions, "defenders_identity", "sealed_excluded")
TIE = Form(Tie, "defenders_link", "sealed")
TIED_CASE = Form(TiedCase, "defenders_link", "sealed_case")
