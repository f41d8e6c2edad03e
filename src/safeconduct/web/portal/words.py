"""The words a reporter reads for what the rules call by a code. Plain enough for a neighbour."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import Danger, Threat, Want

Words = str | Promise


@dataclass(frozen=True)
class Choice:
    """One answer to tick: what is sent, what is read, and a smaller line under it."""

    value: str
    words: Words
    more: Words = ""


# In the order of need: what threatens a life comes first, whatever its number in the catalogue.
HAPPENED = (
    Choice(Threat.T9.value, _("Threats to hurt, arrest or kill"), _("Me, or someone near me.")),
    Choice(Threat.T5.value, _("My address, number or family made public")),
    Choice(Threat.T8.value, _("My account was taken over, or someone tries"), _("Also strange links and files.")),
    Choice(Threat.T1.value, _("I think I am being watched"), _("A warning, or a sign-in that was not mine.")),
    Choice(Threat.T11.value, _("Someone pretends to be me")),
    Choice(Threat.T2.value, _("Insults or messages that do not stop"), _("From one person, or from many in a wave.")),
    Choice(Threat.T10.value, _("Sexual abuse or sexual pictures"), _("Also hatred because of gender or of whom I love.")),
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

STEP_NAMES = (_("What happened"), _("Who is in danger"), _("Accounts and links"), _("What you want"), _("Check and send"))
