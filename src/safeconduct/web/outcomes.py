"""What came of a report, of an appeal and of a promise, as reporters and partners read it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import Reason
from safeconduct.domains.remedy.rules import Conclusion, Remedy, Urgency
from safeconduct.web.choices import Choice, Words

REASONS: Mapping[Reason, Words] = {
    Reason.ACCOUNT_SECURED: _("We secured an account."),
    Reason.CONTENT_REMOVED: _("We had something taken down."),
    Reason.ATTACKERS_LIMITED: _("We limited those who attack."),
    Reason.WRONG_MEASURE_UNDONE: _("We undid a wrong measure."),
    Reason.ADVICE_GIVEN: _("We gave advice."),
    Reason.KEPT_ON_RECORD: _("We keep it on record."),
    Reason.RULES_ALLOW_IT: _("It stays: the rules allow it."),
    Reason.TOO_LITTLE_TO_ACT_ON: _("We know too little to act."),
    Reason.OUT_OF_OUR_REACH: _("It is out of our reach."),
    Reason.ABUSE_OF_THE_CHANNEL: _("We do not act on this."),
    Reason.FOR_THE_GENERAL_QUEUE: _("Another team here is the right one."),
    Reason.CHILD_ABUSE_MATERIAL: _("It is for those who must handle it by law."),
}

URGENCY = (
    Choice(Urgency.NONE.value, _("It can wait its turn")),
    Choice(Urgency.DANGER.value, _("Someone is in danger"), _("It goes first.")),
    Choice(Urgency.LOCKED_OUT.value, _("I am locked out of my account"), _("It goes first.")),
    Choice(
        Urgency.SOON_TOO_LATE.value,
        _("In a few days it is too late"),
        _("What was taken down speaks of a vote, a trial, a protest. It goes first."),
    ),
)

CONCLUSIONS: Mapping[Conclusion, Words] = {
    Conclusion.UPHELD: _("The decision stays as it was."),
    Conclusion.CHANGED: _("The decision is changed."),
    Conclusion.RETURNED: _("Someone else works on it again from the beginning."),
}

REMEDIES: Mapping[Remedy, Words] = {
    Remedy.RESTORE: _("Bring back what was taken"),
    Remedy.CORRECT: _("Put right what was wrong"),
    Remedy.APOLOGISE: _("Say that we are sorry"),
    Remedy.EXPLAIN: _("Explain what happened"),
    Remedy.PRESERVE: _("Keep the evidence, and hand it to you"),
    Remedy.REFER: _("Put you in touch with help"),
    Remedy.GUARANTEE: _("Change what let it happen"),
}
