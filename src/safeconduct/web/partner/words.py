"""What a partner reads for what the rules call by a code. They know the work; they need no softening and no jargon."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import ClockKind, Danger, Severity, Stage, Threat, Want
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.web.choices import Choice

Words = str | Promise

HAPPENED = (
    Choice(Threat.T9.value, _("Threat to life or liberty")),
    Choice(Threat.T5.value, _("Address, number or family made public")),
    Choice(Threat.T8.value, _("Attack on an account or device")),
    Choice(Threat.T1.value, _("Surveillance")),
    Choice(Threat.T11.value, _("Impersonation")),
    Choice(Threat.T2.value, _("Harassment")),
    Choice(Threat.T10.value, _("Gendered or sexual harm")),
    Choice(Threat.T6.value, _("Silencing by false reports")),
    Choice(Threat.T3.value, _("Smear campaign")),
    Choice(Threat.T4.value, _("Disinformation or faked pictures")),
    Choice(Threat.T12.value, _("Legal pressure or a demand for data")),
    Choice(Threat.T7.value, _("Internet cut or blocked")),
)

DANGER = (
    Choice(Danger.NOW.value, _("Now"), _("It goes to the front of the line.")),
    Choice(Danger.TODAY.value, _("Perhaps today")),
    Choice(Danger.SOON.value, _("Perhaps in the coming days")),
    Choice(Danger.NO.value, _("No")),
    Choice(Danger.UNSURE.value, _("We do not know")),
)

WANTS = (
    Choice(Want.SECURE.value, _("Lock the account, so that nobody gets in")),
    Choice(Want.HIDE.value, _("Hide the account from others")),
    Choice(Want.REMOVE.value, _("Take something down")),
    Choice(Want.ADVICE.value, _("Advice")),
    Choice(Want.TELL.value, _("Tell someone who can help")),
    Choice(Want.RECORD.value, _("Only keep a record")),
)

WHO_ELSE = (
    Choice(WhoElse.NOBODY.value, _("Nobody but the owner")),
    Choice(WhoElse.SOMEONE.value, _("Someone else can, or might")),
    Choice(WhoElse.UNKNOWN.value, _("We do not know")),
)

SEVERITIES: Mapping[Severity, Words] = {
    Severity.P0: _("Imminent"),
    Severity.P1: _("Serious"),
    Severity.P2: _("Significant"),
    Severity.P3: _("Other"),
}

STAGES: Mapping[Stage, Words] = {
    Stage.NEW: _("New"),
    Stage.TRIAGE: _("Being looked at"),
    Stage.ACTING: _("Being acted on"),
    Stage.DECIDED: _("Decided"),
    Stage.CLOSED: _("Closed"),
}

PROMISES: Mapping[ClockKind, Words] = {
    ClockKind.REPLY: _("First reply"),
    ClockKind.ANSWER: _("Answer to the last message"),
    ClockKind.SETTLE: _("Stopped, or refused with reasons"),
}
