"""The words a reporter reads for what the rules call by a code. Plain enough for a neighbour."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from safeconduct.connectors.port import ActKind
from safeconduct.domains.cases.rules import Danger, Part, Threat, Want
from safeconduct.domains.safety.rules import Bundle, StepStatus
from safeconduct.web.choices import Choice, Words

# In the order of need: what threatens a life comes first, whatever its number in the catalogue.
HAPPENED = (
    Choice(Threat.T9.value, _("Threats to hurt, arrest or kill"), _("Me, or someone near me.")),
    Choice(Threat.T5.value, _("My address, number or family made public")),
    Choice(Threat.T8.value, _("My account was taken over, or someone tries"), _("Also strange links and files.")),
    Choice(Threat.T1.value, _("I think I am being watched"), _("A warning, or a sign-in that was not mine.")),
    Choice(Threat.T11.value, _("Someone pretends to be me")),
    Choice(Threat.T2.value, _("Insults or messages that do not stop"), _("From one person, or from many in a wave.")),
    Choice(Threat.T10.value, _("Sexual abuse or sexual pictures"), _("Also hatred of my gender or of whom I love.")),
    Choice(Threat.T6.value, _("False reports to silence me"), _("My posts or my account were removed or limited.")),
    Choice(Threat.T3.value, _("A campaign to destroy my name")),
    Choice(Threat.T4.value, _("False stories or faked pictures about my work")),
    Choice(Threat.T12.value, _("An authority or a court wants my data or my posts gone")),
    Choice(Threat.T7.value, _("The internet is cut or blocked here")),
)

DANGER = (
    Choice(Danger.NOW.value, _("Yes, now"), _("It goes to the front of the line.")),
    Choice(Danger.TODAY.value, _("Perhaps today")),
    Choice(Danger.SOON.value, _("Perhaps in the coming days")),
    Choice(Danger.NO.value, _("No")),
    Choice(Danger.UNSURE.value, _("I do not know")),
)

ABOUT = (
    Choice("me", _("It is about me")),
    Choice("other", _("I report for someone else"), _("They may not know. Nobody writes to them unless you say so.")),
)

WANTS = (
    Choice(Want.SECURE.value, _("Lock my account, so that nobody gets in")),
    Choice(Want.HIDE.value, _("Hide my account from others")),
    Choice(Want.REMOVE.value, _("Take something down")),
    Choice(Want.ADVICE.value, _("Tell me what I can do")),
    Choice(Want.TELL.value, _("Tell someone who can help me")),
    Choice(Want.RECORD.value, _("Only keep a record of it")),
)

# The two that the short way for an account in trouble asks about.
ABOUT_ACCOUNT = WANTS[:2]

WHO_ELSE = (
    Choice("nobody", _("Nobody but me")),
    Choice("someone", _("Someone else can, or might")),
    Choice("unknown", _("I do not know")),
)

# What each field asked, where the answers stand without their form.
QUESTIONS: Mapping[str, Words] = {
    "danger": _("May someone be hurt, arrested or killed?"),
    "who_in_danger": _("Who is in danger?"),
    "about": _("Who is this about?"),
    "country": _("In which country?"),
    "mine": _("Accounts to protect"),
    "others": _("Accounts that attack"),
    "links": _("Links"),
    "who_else_sees": _("Who else can see this account or phone now?"),
    "tell": _("Who may be told?"),
    "not_countries": _("Which country’s team must not see it?"),
    "not_person": _("Is there a person here who must not see it?"),
}

STEP_NAMES = (
    _("What happened"),
    _("Who is in danger"),
    _("Accounts and links"),
    _("What you want"),
    _("Check and send"),
)

BUNDLES = (
    Choice(Bundle.SECURE_NOW.value, _("Lock it"), _("Nobody gets in, whoever has the phone or the password.")),
    Choice(Bundle.HIDE.value, _("Hide it"), _("Others do not see the profile and do not find it.")),
)

# What is done, as a heading over what it costs.
ACTS: Mapping[ActKind, Words] = {
    ActKind.ACCOUNT_LOCK: _("Lock the account"),
    ActKind.ACCOUNT_UNLOCK: _("Unlock the account"),
    ActKind.ACCOUNT_SUSPEND: _("Suspend the account"),
    ActKind.ACCOUNT_REINSTATE: _("Reinstate the account"),
    ActKind.ACCOUNT_DEACTIVATE: _("Close the account"),
    ActKind.ACCOUNT_REACTIVATE: _("Open the account again"),
    ActKind.SESSION_END: _("Sign out one device"),
    ActKind.SESSIONS_REVOKE: _("Sign out every device"),
    ActKind.TOKENS_REVOKE: _("Cut off connected apps"),
    ActKind.CREDENTIALS_RESET: _("Replace the password"),
    ActKind.CREDENTIALS_FREEZE: _("Freeze the password"),
    ActKind.CREDENTIALS_UNFREEZE: _("Unfreeze the password"),
    ActKind.CONTACT_FREEZE: _("Freeze the recovery e-mail and phone"),
    ActKind.CONTACT_UNFREEZE: _("Unfreeze the recovery e-mail and phone"),
    ActKind.PROFILE_HIDE: _("Hide the profile"),
    ActKind.PROFILE_SHOW: _("Show the profile"),
    ActKind.POSTS_HIDE: _("Hide the posts"),
    ActKind.POSTS_SHOW: _("Show the posts"),
    ActKind.SEARCH_HIDE: _("Hide it from search"),
    ActKind.SEARCH_SHOW: _("Show it in search"),
    ActKind.FOLLOWERS_HIDE: _("Hide the lists of followers"),
    ActKind.FOLLOWERS_SHOW: _("Show the lists of followers"),
    ActKind.MESSAGES_CLOSE: _("Close messages from strangers"),
    ActKind.MESSAGES_OPEN: _("Open messages from strangers"),
    ActKind.CONTENT_DISABLE: _("Hide a post"),
    ActKind.CONTENT_RESTORE: _("Show a post"),
    ActKind.CONTENT_REMOVE: _("Remove a post"),
    ActKind.INTERACTION_RESTRICT: _("Restrict who may write"),
    ActKind.INTERACTION_REOPEN: _("Let people write again"),
    ActKind.NOTICE_SEND: _("Put a notice into the account"),
}

STATUS: Mapping[StepStatus, Words] = {
    StepStatus.ORDERED: _("Ordered, not done yet"),
    StepStatus.DONE_AND_CHECKED: _("Done, and checked"),
    StepStatus.SENT: _("Sent, not yet checked"),
    StepStatus.HELD: _("Waiting for a person"),
    StepStatus.NOT_DONE: _("Not done"),
    StepStatus.NOT_CONFIRMED: _("Not confirmed"),
    StepStatus.UNDONE: _("Undone"),
    StepStatus.LAPSED: _("Ended by itself"),
}

PARTS: Mapping[Part, Words] = {
    Part.HAPPENED: _("What kind of thing happened"),
    Part.TEXT: _("The words of your report"),
    Part.LINKS: _("The links in it"),
    Part.ACCOUNTS: _("The accounts named in it, yours too"),
}

BETTER = (
    Choice("yes", _("Yes, it helped")),
    Choice("some", _("A little")),
    Choice("no", _("No")),
)
