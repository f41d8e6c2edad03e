"""What a platform can do for someone, and the record of what came of it: the words every connector speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable
from uuid import UUID

from safeconduct.connectors.sentences import Sentence


class Capability(StrEnum):
    """Everything a platform may offer. Most platforms offer a few; none may claim what it cannot show."""

    EVENTS_SUBSCRIBE = "events.subscribe"
    REPORTS_PULL = "reports.pull"
    REPORT_UPDATE = "report.update"
    APPEAL_PULL = "appeal.pull"
    GATE_DECIDE = "gate.decide"
    EVIDENCE_SNAPSHOT = "evidence.snapshot"
    SESSIONS_LIST = "sessions.list"
    SESSION_END = "session.end"
    SESSIONS_REVOKE = "sessions.revoke"
    TOKENS_REVOKE = "tokens.revoke"
    CREDENTIALS_RESET = "credentials.reset"
    CREDENTIALS_FREEZE = "credentials.freeze"
    CREDENTIALS_UNFREEZE = "credentials.unfreeze"
    CONTACT_FREEZE = "contact.freeze"
    CONTACT_UNFREEZE = "contact.unfreeze"
    ACCOUNT_LOCK = "account.lock"
    ACCOUNT_LOCK_UNTIL = "account.lock.until"
    ACCOUNT_LOCK_HISTORY = "account.lock.history"
    ACCOUNT_UNLOCK = "account.unlock"
    ACCOUNT_SUSPEND = "account.suspend"
    ACCOUNT_SUSPEND_UNTIL = "account.suspend.until"
    ACCOUNT_REINSTATE = "account.reinstate"
    ACCOUNT_DEACTIVATE = "account.deactivate"
    ACCOUNT_REACTIVATE = "account.reactivate"
    ACCOUNT_LIMIT = "account.limit"
    PROFILE_HIDE = "profile.hide"
    PROFILE_SHOW = "profile.show"
    POSTS_HIDE = "posts.hide"
    POSTS_SHOW = "posts.show"
    SEARCH_HIDE = "search.hide"
    SEARCH_SHOW = "search.show"
    FOLLOWERS_HIDE = "followers.hide"
    FOLLOWERS_SHOW = "followers.show"
    MESSAGES_CLOSE = "messages.close"
    MESSAGES_OPEN = "messages.open"
    CONTENT_DISABLE = "content.disable"
    CONTENT_RESTORE = "content.restore"
    CONTENT_REMOVE = "content.remove"
    CONTENT_LABEL = "content.label"
    INTERACTION_RESTRICT = "interaction.restrict"
    INTERACTION_REOPEN = "interaction.reopen"
    NOTICE_SEND = "notice.send"


class ActKind(StrEnum):
    """What Safeconduct orders on a platform. All but ending access, removing and sending words can be undone.

    ``account.suspend`` and ``account.deactivate`` are sanctions: never on the account of the person we protect.
    """

    SESSION_END = "session.end"
    SESSIONS_REVOKE = "sessions.revoke"
    TOKENS_REVOKE = "tokens.revoke"
    CREDENTIALS_RESET = "credentials.reset"
    CREDENTIALS_FREEZE = "credentials.freeze"
    CREDENTIALS_UNFREEZE = "credentials.unfreeze"
    CONTACT_FREEZE = "contact.freeze"
    CONTACT_UNFREEZE = "contact.unfreeze"
    ACCOUNT_LOCK = "account.lock"
    ACCOUNT_UNLOCK = "account.unlock"
    ACCOUNT_SUSPEND = "account.suspend"
    ACCOUNT_REINSTATE = "account.reinstate"
    ACCOUNT_DEACTIVATE = "account.deactivate"
    ACCOUNT_REACTIVATE = "account.reactivate"
    PROFILE_HIDE = "profile.hide"
    PROFILE_SHOW = "profile.show"
    POSTS_HIDE = "posts.hide"
    POSTS_SHOW = "posts.show"
    SEARCH_HIDE = "search.hide"
    SEARCH_SHOW = "search.show"
    FOLLOWERS_HIDE = "followers.hide"
    FOLLOWERS_SHOW = "followers.show"
    MESSAGES_CLOSE = "messages.close"
    MESSAGES_OPEN = "messages.open"
    CONTENT_DISABLE = "content.disable"
    CONTENT_RESTORE = "content.restore"
    CONTENT_REMOVE = "content.remove"
    INTERACTION_RESTRICT = "interaction.restrict"
    INTERACTION_REOPEN = "interaction.reopen"
    NOTICE_SEND = "notice.send"


_PAIRS = (
    (ActKind.CREDENTIALS_FREEZE, ActKind.CREDENTIALS_UNFREEZE),
    (ActKind.CONTACT_FREEZE, ActKind.CONTACT_UNFREEZE),
    (ActKind.ACCOUNT_LOCK, ActKind.ACCOUNT_UNLOCK),
    (ActKind.ACCOUNT_SUSPEND, ActKind.ACCOUNT_REINSTATE),
    (ActKind.ACCOUNT_DEACTIVATE, ActKind.ACCOUNT_REACTIVATE),
    (ActKind.PROFILE_HIDE, ActKind.PROFILE_SHOW),
    (ActKind.POSTS_HIDE, ActKind.POSTS_SHOW),
    (ActKind.SEARCH_HIDE, ActKind.SEARCH_SHOW),
    (ActKind.FOLLOWERS_HIDE, ActKind.FOLLOWERS_SHOW),
    (ActKind.MESSAGES_CLOSE, ActKind.MESSAGES_OPEN),
    (ActKind.CONTENT_DISABLE, ActKind.CONTENT_RESTORE),
    (ActKind.INTERACTION_RESTRICT, ActKind.INTERACTION_REOPEN),
)
UNDONE_BY: Mapping[ActKind, ActKind] = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


class Fact(StrEnum):
    """One thing a platform can show about an account, true or false. An act's effect is one of these."""

    LOCKED = "locked"
    SUSPENDED = "suspended"
    DEACTIVATED = "deactivated"
    SIGNED_OUT = "signed-out"
    TOKENS_GONE = "tokens-gone"
    CREDENTIALS_FROZEN = "credentials-frozen"
    CONTACT_FROZEN = "contact-frozen"
    PROFILE_HIDDEN = "profile-hidden"
    POSTS_HIDDEN = "posts-hidden"
    SEARCH_HIDDEN = "search-hidden"
    FOLLOWERS_HIDDEN = "followers-hidden"
    MESSAGES_CLOSED = "messages-closed"


EFFECTS: Mapping[ActKind, tuple[Fact, bool]] = {
    ActKind.SESSIONS_REVOKE: (Fact.SIGNED_OUT, True),
    ActKind.TOKENS_REVOKE: (Fact.TOKENS_GONE, True),
    ActKind.CREDENTIALS_FREEZE: (Fact.CREDENTIALS_FROZEN, True),
    ActKind.CREDENTIALS_UNFREEZE: (Fact.CREDENTIALS_FROZEN, False),
    ActKind.CONTACT_FREEZE: (Fact.CONTACT_FROZEN, True),
    ActKind.CONTACT_UNFREEZE: (Fact.CONTACT_FROZEN, False),
    ActKind.ACCOUNT_LOCK: (Fact.LOCKED, True),
    ActKind.ACCOUNT_UNLOCK: (Fact.LOCKED, False),
    ActKind.ACCOUNT_SUSPEND: (Fact.SUSPENDED, True),
    ActKind.ACCOUNT_REINSTATE: (Fact.SUSPENDED, False),
    ActKind.ACCOUNT_DEACTIVATE: (Fact.DEACTIVATED, True),
    ActKind.ACCOUNT_REACTIVATE: (Fact.DEACTIVATED, False),
    ActKind.PROFILE_HIDE: (Fact.PROFILE_HIDDEN, True),
    ActKind.PROFILE_SHOW: (Fact.PROFILE_HIDDEN, False),
    ActKind.POSTS_HIDE: (Fact.POSTS_HIDDEN, True),
    ActKind.POSTS_SHOW: (Fact.POSTS_HIDDEN, False),
    ActKind.SEARCH_HIDE: (Fact.SEARCH_HIDDEN, True),
    ActKind.SEARCH_SHOW: (Fact.SEARCH_HIDDEN, False),
    ActKind.FOLLOWERS_HIDE: (Fact.FOLLOWERS_HIDDEN, True),
    ActKind.FOLLOWERS_SHOW: (Fact.FOLLOWERS_HIDDEN, False),
    ActKind.MESSAGES_CLOSE: (Fact.MESSAGES_CLOSED, True),
    ActKind.MESSAGES_OPEN: (Fact.MESSAGES_CLOSED, False),
}
"""What must be read back on the account after each act. The others are looked at by their item or reference."""

ON_AN_ITEM = frozenset(
    {
        ActKind.SESSION_END,
        ActKind.CONTENT_DISABLE,
        ActKind.CONTENT_RESTORE,
        ActKind.CONTENT_REMOVE,
        ActKind.INTERACTION_RESTRICT,
        ActKind.INTERACTION_REOPEN,
    }
)
"""Acts on one thing of the account's, which the order names: a device, a post, a place where people write."""


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
class Cost:
    """What an act would cost, told before anyone orders it.

    ``lost`` says what is gone afterwards, ``seen`` what someone holding the phone will see. Where ``possible``
    is false, ``why_not`` says why.
    """

    act: ActKind
    possible: bool
    lost: tuple[Sentence, ...] = ()
    seen: tuple[Sentence, ...] = ()
    reversible: bool = False
    undo_days: int | None = None
    why_not: Sentence | None = None


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


@dataclass(frozen=True)
class ActOrder:
    """One act on one account. ``key`` makes repeats harmless: the platform does the same key once.

    ``item`` names the post, device or place for acts on one; ``words`` is the text of a notice, or the new password
    of a reset; ``until`` is when a lock or a suspension ends. ``way_back`` says how the owner gets in again after a
    reset, as somebody checked and recorded it.
    """

    act: ActKind
    handle: str = field(repr=False)
    key: UUID
    dry_run: bool = False
    item: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    until: datetime | None = None
    way_back: str = field(default="", repr=False)


class Result(StrEnum):
    """What came of an order. Only the platform's own state, read afterwards, makes it *done and checked*."""

    DONE_AND_CHECKED = "done_and_checked"
    SENT_NOT_CHECKED = "sent_not_checked"
    NOT_DONE = "not_done"
    NOT_CONFIRMED = "not_confirmed"
    TRIAL = "trial"


@dataclass(frozen=True)
class ActRecord:
    """The whole truth about one order, fit to be sealed and shown to the person it was done for.

    ``residual`` says what is still open and is never left out; ``undo`` is the act that reverses this one.
    ``evidence`` is what was kept before acting; ``evidence_id`` is its SHA-256 and stays when the bytes are sealed
    apart. ``recording`` keeps a record as JSON and restores it.
    """

    act: ActKind
    key: UUID
    platform: str
    result: Result
    sentence: Sentence
    ordered_at: datetime
    platform_ref: str = ""
    effective_at: datetime | None = None
    read_back_at: datetime | None = None
    reversible: bool = False
    undo: ActKind | None = None
    undo_until: datetime | None = None
    residual: tuple[Sentence, ...] = ()
    changed: tuple[Sentence, ...] = ()
    evidence_id: str = ""
    evidence: Snapshot | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Capabilities:
    """What a platform says it can do, and for how many days it can undo it."""

    platform: str
    name: str
    offered: frozenset[Capability]
    undo_days: int | None = None

    def can(self, act: ActKind) -> bool:
        """Tell whether the platform offers this act."""
        return Capability(act.value) in self.offered


@runtime_checkable
class Connector(Protocol):
    """A way to one platform.

    ``account``, ``cost``, ``snapshot`` and ``capabilities`` raise ``Unavailable`` when the platform does not answer
    well. ``perform`` and ``undo`` never do: their record says what is known and what is not.
    """

    @property
    def platform(self) -> str:
        """Return the platform's short id, as reports name it: ``juniper-square``."""

    @property
    def name(self) -> str:
        """Return the platform's name, as people read it: ``Juniper Square``."""

    @property
    def simulated(self) -> bool:
        """Tell whether everything on this platform is invented. A demonstration takes no other."""

    def capabilities(self) -> Capabilities:
        """Ask the platform what it can do."""

    def account(self, handle: str) -> AccountState:
        """Read an account's state from the platform."""

    def cost(self, act: ActKind, handle: str) -> Cost:
        """Say what an act would cost the account's owner, and change nothing."""

    def snapshot(self, handle: str) -> Snapshot:
        """Take a copy of what the platform shows, as evidence."""

    def perform(self, order: ActOrder) -> ActRecord:
        """Snapshot, act, read back, and tell the truth about it."""

    def undo(self, order: ActOrder) -> ActRecord:
        """Reverse the act that ``order`` names. ``order.key`` is a new key, for the undoing."""
