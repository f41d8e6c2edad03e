"""What each act costs, changes and leaves open, in sentences fit for the person it is done for."""

from types import MappingProxyType

from safeconduct.connectors.port import AccountState, ActKind, ActOrder
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _

CHANGED = MappingProxyType(
    {
        ActKind.SESSION_END: _("This device was signed out."),
        ActKind.SESSIONS_REVOKE: _("Signed-in devices that were ended: %(count)s."),
        ActKind.TOKENS_REVOKE: _("Connected apps that lost access: %(count)s."),
        ActKind.CREDENTIALS_RESET: _("The password was replaced, and every device was signed out."),
        ActKind.CREDENTIALS_FREEZE: _("The password and second factor cannot be changed."),
        ActKind.CREDENTIALS_UNFREEZE: _("The password and second factor can be changed again."),
        ActKind.CONTACT_FREEZE: _("The recovery e-mail and phone cannot be changed."),
        ActKind.CONTACT_UNFREEZE: _("The recovery e-mail and phone can be changed again."),
        ActKind.ACCOUNT_LOCK: _("The account is locked. Nobody can use it."),
        ActKind.ACCOUNT_UNLOCK: _("The account is unlocked."),
        ActKind.ACCOUNT_SUSPEND: _("The account can read, and can no longer write."),
        ActKind.ACCOUNT_REINSTATE: _("The account can write again."),
        ActKind.ACCOUNT_DEACTIVATE: _("The account is closed. Nobody can sign in to it."),
        ActKind.ACCOUNT_REACTIVATE: _("The account is open again."),
        ActKind.PROFILE_HIDE: _("The profile is hidden."),
        ActKind.PROFILE_SHOW: _("The profile is visible again."),
        ActKind.POSTS_HIDE: _("The posts are hidden."),
        ActKind.POSTS_SHOW: _("The posts are visible again."),
        ActKind.SEARCH_HIDE: _("Search no longer finds the account."),
        ActKind.SEARCH_SHOW: _("Search finds the account again."),
        ActKind.FOLLOWERS_HIDE: _("The lists of followers and followed people are hidden."),
        ActKind.FOLLOWERS_SHOW: _("The lists of followers and followed people are visible again."),
        ActKind.MESSAGES_CLOSE: _("Strangers can no longer write to the account."),
        ActKind.MESSAGES_OPEN: _("Strangers can write to the account again."),
        ActKind.CONTENT_DISABLE: _("The post is hidden."),
        ActKind.CONTENT_RESTORE: _("The post is visible again."),
        ActKind.CONTENT_REMOVE: _("The post was removed."),
        ActKind.INTERACTION_RESTRICT: _("Only those in charge can write there."),
        ActKind.INTERACTION_REOPEN: _("Whoever could write there before can write again."),
        ActKind.NOTICE_SEND: _("A notice was put into the account."),
    }
)

LOST = MappingProxyType(
    {
        ActKind.SESSION_END: _("This device is signed out."),
        ActKind.SESSIONS_REVOKE: _("Every device is signed out. Devices signed in now: %(count)s."),
        ActKind.TOKENS_REVOKE: _("Every connected app loses access. Apps connected now: %(count)s."),
        ActKind.CREDENTIALS_RESET: _("The old password stops working. Devices signed out: %(count)s."),
        ActKind.CREDENTIALS_FREEZE: _("Nobody can change the password or second factor, the owner included."),
        ActKind.CONTACT_FREEZE: _("Nobody can change the recovery e-mail or phone, the owner included."),
        ActKind.ACCOUNT_LOCK: _("Nobody can sign in, post or read messages, the owner included."),
        ActKind.ACCOUNT_SUSPEND: _("The account can read, and can write nothing until it is reinstated."),
        ActKind.ACCOUNT_DEACTIVATE: _("Nobody can sign in until the account is opened again."),
        ActKind.PROFILE_HIDE: _("Nobody else can see the profile."),
        ActKind.POSTS_HIDE: _("Nobody else can see the posts."),
        ActKind.SEARCH_HIDE: _("People who look for the account do not find it."),
        ActKind.FOLLOWERS_HIDE: _("Nobody else can see who follows whom."),
        ActKind.MESSAGES_CLOSE: _("Strangers who want to help cannot write either."),
        ActKind.CONTENT_DISABLE: _("Nobody can see the post."),
        ActKind.CONTENT_REMOVE: _("The post is gone for everyone and cannot be brought back."),
        ActKind.INTERACTION_RESTRICT: _("People who want to help cannot write there either."),
    }
)

SEEN = MappingProxyType(
    {
        ActKind.SESSION_END: _("Someone holding this device sees a sign-in page."),
        ActKind.SESSIONS_REVOKE: _("Someone holding the phone sees a sign-in page."),
        ActKind.TOKENS_REVOKE: _("Someone holding the phone sees apps ask to be connected again."),
        ActKind.CREDENTIALS_RESET: _("Someone holding the phone sees a sign-in page that refuses the old password."),
        ActKind.CREDENTIALS_FREEZE: _("Someone who opens the settings sees that they are frozen."),
        ActKind.CREDENTIALS_UNFREEZE: _("Someone who opens the settings sees that they can be changed."),
        ActKind.CONTACT_FREEZE: _("Someone who opens the settings sees that they are frozen."),
        ActKind.CONTACT_UNFREEZE: _("Someone who opens the settings sees that they can be changed."),
        ActKind.ACCOUNT_LOCK: _("Someone holding the phone sees that the account is locked."),
        ActKind.ACCOUNT_UNLOCK: _("Someone holding the phone sees the account as before."),
        ActKind.ACCOUNT_SUSPEND: _("Whoever uses the account is told that it is suspended."),
        ActKind.ACCOUNT_REINSTATE: _("Whoever uses the account sees it as before."),
        ActKind.ACCOUNT_DEACTIVATE: _("Whoever uses the account is signed out and cannot come back."),
        ActKind.ACCOUNT_REACTIVATE: _("Whoever knows the password can sign in again."),
        ActKind.PROFILE_HIDE: _("Visitors see that the profile is not available."),
        ActKind.POSTS_HIDE: _("Visitors see no posts."),
        ActKind.FOLLOWERS_HIDE: _("Visitors see no followers."),
        ActKind.MESSAGES_CLOSE: _("Strangers see that they cannot write."),
        ActKind.CONTENT_DISABLE: _("Visitors see that the post is not available."),
        ActKind.CONTENT_REMOVE: _("Visitors see that something was removed."),
        ActKind.INTERACTION_RESTRICT: _("People there see that they cannot write."),
        ActKind.INTERACTION_REOPEN: _("People there see that they can write again."),
        ActKind.NOTICE_SEND: _("Someone holding the phone can read the notice."),
    }
)

CANNOT = Sentence(_("This platform cannot do this."))
NOT_REACHED = Sentence(_("The platform could not be reached, or did not answer well. Nothing was changed."))
UNKNOWN_ACCOUNT = Sentence(_("The platform knows no such account. Check how it is spelled."))
NO_WAY_BACK = Sentence(_("This cannot be taken back. The owner signs in or connects again."))
GONE = Sentence(_("This cannot be taken back. What was said is kept as evidence."))
SAID = Sentence(_("What was sent cannot be taken back."))
BUSY = Sentence(_("The platform asks us to wait longer than we may. Nothing was changed. Try again in a few minutes."))
NO_RECORDED_WAY = Sentence(
    _("Record first how the owner gets in again, and choose the new password. Without both, nothing is reset.")
)
NO_ITEM = Sentence(_("Name the post, device or place that is meant. Nothing was changed."))
ALREADY = Sentence(_("The platform shows that it was already so. Nothing had to be changed."))
TRIAL = Sentence(_("A trial run. Nothing was changed. The platform says it would do this."))
NO_EVIDENCE = Sentence(_("No evidence could be kept before acting."))
REFUSED_BECAUSE = _("The platform refused. It says: %(reason)s")
COPIES = Sentence(_("Copies that other people made stay where they are."))
PASSWORD_STILL_WORKS = Sentence(_("Someone who knows the password can sign in again until the account is locked."))
APPS_STILL_IN = _("Connected apps still have access: %(count)s.")
BEHIND_THE_LOCK = _("Devices that stay signed in behind the lock: %(count)s. They work again once it is unlocked.")
WITHOUT_END = Sentence(_("The platform shows no end to the lock. Someone has to unlock it."))
CANNOT_END_BY_ITSELF = Sentence(_("This platform cannot end a lock by itself."))
# What one act leaves open and a later one ends, once the platform has shown it done.
ENDED_BY = MappingProxyType(
    {
        PASSWORD_STILL_WORKS.template: ActKind.ACCOUNT_LOCK,
        APPS_STILL_IN: ActKind.TOKENS_REVOKE,
        BEHIND_THE_LOCK: ActKind.SESSIONS_REVOKE,
    }
)
_HIDING = (ActKind.PROFILE_HIDE, ActKind.POSTS_HIDE, ActKind.CONTENT_DISABLE, ActKind.CONTENT_REMOVE)
_NO_WAY_BACK = MappingProxyType({ActKind.CONTENT_REMOVE: GONE, ActKind.NOTICE_SEND: SAID})


def no_way_back(act: ActKind) -> Sentence:
    """Return why an act cannot be taken back."""
    return _NO_WAY_BACK.get(act, NO_WAY_BACK)


def lost_by(act: ActKind, state: AccountState) -> tuple[Sentence, ...]:
    """Return what is gone afterwards, with the account's own numbers where it has them."""
    return (_counted(LOST[act], act, state),) if act in LOST else ()


def seen_after(act: ActKind) -> tuple[Sentence, ...]:
    """Return what someone holding the phone, or a visitor, will see."""
    return (Sentence(SEEN[act]),) if act in SEEN else ()


def changed_by(act: ActKind, before: AccountState | None) -> tuple[Sentence, ...]:
    """Return what the act changed, counted from the state before it."""
    return (_counted(CHANGED[act], act, before),)


def still_open(order: ActOrder, after: AccountState | None) -> tuple[Sentence, ...]:
    """Return what the act left open, as far as the platform showed it."""
    if order.act in _HIDING:
        return (COPIES,)
    return tuple(_open_ways(order, after)) if after else ()


def _open_ways(order: ActOrder, after: AccountState) -> list[Sentence]:
    open_ways, act = [], order.act
    if act is ActKind.SESSIONS_REVOKE and not after.locked:
        open_ways.append(PASSWORD_STILL_WORKS)
    if act is ActKind.SESSIONS_REVOKE and after.tokens:
        open_ways.append(Sentence(APPS_STILL_IN, {"count": len(after.tokens)}))
    if act is ActKind.ACCOUNT_LOCK and after.sessions:
        open_ways.append(Sentence(BEHIND_THE_LOCK, {"count": len(after.sessions)}))
    if act is ActKind.ACCOUNT_LOCK and order.until and after.locked and after.locked_until is None:
        open_ways.append(WITHOUT_END)
    return open_ways


def _counted(template: str, act: ActKind, state: AccountState | None) -> Sentence:
    if "%(count)s" not in template:
        return Sentence(template)
    seen = None if state is None else state.tokens if act is ActKind.TOKENS_REVOKE else state.sessions
    return Sentence(template, {"count": "?" if seen is None else len(seen)})
