"""What a platform shows, before and after: an account, where it is signed in, a copy kept as evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from safeconduct.connectors.port.acts import Fact


@dataclass(frozen=True)
class AccountRef:
    """One account on one platform. The handle is content: it is sealed wherever it is kept."""

    platform: str
    handle: str = field(repr=False)


@dataclass(frozen=True)
class SessionSeen:
    """One place where an account is signed in, as the platform describes it."""

    id: str
    label: str
    seen_at: datetime | None
    place: str = ""


@dataclass(frozen=True)
class AccountState:
    """What the platform itself says about an account now. A fact that it cannot show is absent, never guessed.

    ``last_locked_at`` is to be believed only from a platform with ``account.lock.history``: it remembers, so that we
    keep no list of the accounts we acted for.
    """

    handle: str = field(repr=False)
    exists: bool
    read_at: datetime
    facts: Mapping[Fact, bool] = field(default_factory=dict)
    sessions: tuple[SessionSeen, ...] | None = field(default=None, repr=False)
    tokens: tuple[SessionSeen, ...] | None = field(default=None, repr=False)
    locked_until: datetime | None = None
    last_locked_at: datetime | None = None
    suspended_until: datetime | None = None

    @property
    def locked(self) -> bool | None:
        """Return whether the account is locked, or ``None`` where the platform cannot say."""
        return self.facts.get(Fact.LOCKED)


@dataclass(frozen=True)
class ItemSeen:
    """Whose one thing on a platform is: who wrote a message, sent a file, made a place. Several where it is several's.

    ``of_account`` says whether all of it is of the account that was asked about, as the platform tells accounts apart.
    """

    authors: tuple[str, ...] = field(repr=False)
    of_account: bool
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Snapshot:
    """What the platform showed at one moment, byte for byte, to be sealed before anything is done.

    ``note`` says what the bytes are not: ciphertext is called ciphertext. With ``ciphertext_only`` nobody but the
    people in the conversation can read what was said, and one of them has to be asked for a copy.
    """

    content: bytes = field(repr=False)
    media_type: str
    taken_at: datetime
    sha256: str
    note: str = ""
    ciphertext_only: bool = False
