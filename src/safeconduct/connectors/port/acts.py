"""What can be ordered on a platform, what undoes it, and what must then be read back."""

from collections.abc import Mapping
from enum import StrEnum


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

OF_SOMEBODY = frozenset({ActKind.CONTENT_DISABLE, ActKind.CONTENT_REMOVE, ActKind.INTERACTION_RESTRICT})
"""Acts that take something down or close it, so that whose it is has to be read from the platform first."""
