"""What a platform says that it can do."""

from dataclasses import dataclass
from enum import StrEnum

from safeconduct.connectors.port.acts import ActKind


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
