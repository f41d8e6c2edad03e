"""What others read from partners. Plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from safeconduct.domains.partners.rules import Footing, Grounds, State
from safeconduct.kernel.actors import Actor
from safeconduct.vault import Keyring, Recipient


@dataclass(frozen=True)
class OrganisationView:
    """An organisation and how it stands with us."""

    id: UUID
    name: str
    state: State
    grounds: Grounds | None
    footing: Footing


@dataclass(frozen=True)
class TokenView:
    """A token without what makes it work."""

    id: UUID
    label: str
    made_at: datetime
    ends_on: date
    works: bool


@dataclass(frozen=True)
class NewToken:
    """A token, shown once."""

    id: UUID
    text: str = field(repr=False)
    ends_on: date


@dataclass(frozen=True)
class Program:
    """A partner's program that showed its token: what it may open and in whose name it acts. Lives for one request.

    ``filing_secret`` makes a repeated filing the same report, and only this organisation can compute it.
    """

    token_id: UUID
    organisation_id: UUID
    name: str
    footing: Footing
    organisation: Recipient = field(repr=False)
    ring: Keyring = field(repr=False)
    actor: Actor
    filing_secret: bytes = field(repr=False)
