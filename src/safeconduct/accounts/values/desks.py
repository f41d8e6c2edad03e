"""Somebody who came in, or is on the way in. Each lives for a request, or for minutes."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.accounts.values.roles import MemberKind, Role
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.values import Recipient


@dataclass
class Desk:
    """Someone signed in, with the keys they hold. Lives as long as one request."""

    member_id: UUID
    display_name: str
    kind: MemberKind
    roles: frozenset[Role]
    country: str
    organisation_id: UUID | None
    ring: Keyring = field(repr=False)
    actor: Actor
    recipient: Recipient = field(repr=False)  # of this person's own key; its id is not the member's id
    organisation: Recipient | None = field(default=None, repr=False)  # under the blind id, for a partner member
    signing_key: bytes = field(default=b"", repr=False)  # a custodian's public one, as they themselves sealed it
    time_zone: str = ""  # in which they read times; empty for the deployment's
    session_id: UUID | None = None  # the row that the cookie opened; none for a desk that no cookie opened

    def may(self, role: Role) -> bool:
        """Return whether the signed roster gives this person the role."""
        return role in self.roles

    def must(self, role: Role) -> None:
        """Raise ``NotAllowed`` without the role."""
        if not self.may(role):
            raise NotAllowed


@dataclass
class WayIn:
    """A reporter who entered their code. ``holder_id`` is the id of their report."""

    holder_id: UUID
    secret: bytes = field(repr=False)
    ring: Keyring = field(repr=False)


@dataclass(frozen=True)
class Introduction:
    """Somebody as an identity provider knows them. ``serves`` are the kinds of members it may introduce."""

    provider: str
    issuer: str
    subject: str = field(repr=False)
    serves: frozenset[MemberKind]
    second_factor: bool = False  # whether they showed one there that counts here


@dataclass(frozen=True)
class ToUnlock:
    """Somebody introduced by a provider, before they have unlocked anything."""

    sign_in_name: str
    needs_code: bool


@dataclass(frozen=True)
class NewSession:
    """What the browser is given. The cookie is kept nowhere else."""

    cookie: str = field(repr=False)
    ends_at: datetime
