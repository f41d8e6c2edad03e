"""What staff read for the closed sets of acting on an account: bundles, proofs, acts, and what came of each."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safeconduct.connectors.port import ActKind
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse

BUNDLE: Final[Mapping[Any, Any]] = {
    Bundle.SECURE_NOW: _("Secure now"),
    Bundle.HIDE: _("Hide"),
    Bundle.RESTRAIN: _("Against an attack"),
}
# What whoever chooses among them reads: each with what it means for an appeal.
RESTRAINT: Final[Mapping[ActKind, Any]] = {
    ActKind.CONTENT_DISABLE: _("Hide a message or a file. It can be shown again."),
    ActKind.CONTENT_REMOVE: _("Remove a message for good. Nothing brings it back, an appeal included."),
    ActKind.INTERACTION_RESTRICT: _("Let only those in charge write in one place. It can be opened again."),
    ActKind.SESSIONS_REVOKE: _("Sign the account out everywhere. Its holder can sign in again."),
    ActKind.ACCOUNT_SUSPEND: _("Let the account read and not write, until a day. It can be lifted sooner."),
    ActKind.ACCOUNT_DEACTIVATE: _("Close the account. It can be opened again, not always as it was."),
}
PROOF: Final[Mapping[Any, Any]] = {
    Proof.NONE: _("No proof"),
    Proof.CODE: _("A code sent to the account"),
    Proof.CONTACT: _("A contact set earlier"),
    Proof.PARTNER_VOUCH: _("A partner vouches"),
    Proof.RESPONDER_CHECK: _("A responder checked"),
}
WHO_ELSE: Final[Mapping[Any, Any]] = {
    WhoElse.NOBODY: _("Nobody else"),
    WhoElse.SOMEONE: _("Someone else can see it"),
    WhoElse.UNKNOWN: _("They do not know"),
    WhoElse.UNSAID: _("Not said: the question was left open"),
}
ACT: Final[Mapping[Any, Any]] = {
    ActKind.SESSION_END: _("End one sign-in"),
    ActKind.SESSIONS_REVOKE: _("End every sign-in"),
    ActKind.TOKENS_REVOKE: _("Cut off apps that use the account"),
    ActKind.CREDENTIALS_RESET: _("Replace the password"),
    ActKind.CREDENTIALS_FREEZE: _("Freeze the password and second factor"),
    ActKind.CREDENTIALS_UNFREEZE: _("Unfreeze the password and second factor"),
    ActKind.CONTACT_FREEZE: _("Freeze the recovery address and number"),
    ActKind.CONTACT_UNFREEZE: _("Unfreeze the recovery address and number"),
    ActKind.ACCOUNT_LOCK: _("Lock the account"),
    ActKind.ACCOUNT_UNLOCK: _("Unlock the account"),
    ActKind.ACCOUNT_SUSPEND: _("Suspend the account"),
    ActKind.ACCOUNT_REINSTATE: _("Reinstate the account"),
    ActKind.ACCOUNT_DEACTIVATE: _("Close the account"),
    ActKind.ACCOUNT_REACTIVATE: _("Open the account again"),
    ActKind.PROFILE_HIDE: _("Hide the profile"),
    ActKind.PROFILE_SHOW: _("Show the profile again"),
    ActKind.POSTS_HIDE: _("Hide the posts"),
    ActKind.POSTS_SHOW: _("Show the posts again"),
    ActKind.SEARCH_HIDE: _("Take the account out of search"),
    ActKind.SEARCH_SHOW: _("Put the account back into search"),
    ActKind.FOLLOWERS_HIDE: _("Hide the list of followers"),
    ActKind.FOLLOWERS_SHOW: _("Show the list of followers again"),
    ActKind.MESSAGES_CLOSE: _("Close messages from strangers"),
    ActKind.MESSAGES_OPEN: _("Open messages from strangers again"),
    ActKind.CONTENT_DISABLE: _("Take the content down"),
    ActKind.CONTENT_RESTORE: _("Put the content back"),
    ActKind.CONTENT_REMOVE: _("Remove the content for good"),
    ActKind.INTERACTION_RESTRICT: _("Restrict who may write there"),
    ActKind.INTERACTION_REOPEN: _("Let people write there again"),
    ActKind.NOTICE_SEND: _("Send the account a notice"),
}
STEP: Final[Mapping[Any, Any]] = {
    StepStatus.ORDERED: _("Ordered"),
    StepStatus.DONE_AND_CHECKED: _("Done, and checked"),
    StepStatus.SENT: _("Sent, not yet checked"),
    StepStatus.HELD: _("Held, waiting for a person"),
    StepStatus.NOT_DONE: _("Not done"),
    StepStatus.NOT_CONFIRMED: _("Not confirmed"),
    StepStatus.UNDONE: _("Undone"),
    StepStatus.LAPSED: _("Lapsed"),
}

SAFETY_WORDS: Final[Mapping[type[Enum], Mapping[Any, Any]]] = {
    ActKind: ACT,
    Bundle: BUNDLE,
    Proof: PROOF,
    StepStatus: STEP,
    WhoElse: WHO_ELSE,
}
