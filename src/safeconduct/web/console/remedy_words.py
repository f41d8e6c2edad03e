"""What staff read for the closed sets of remedy: one plain phrase a value, translatable."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.domains.remedy.rules import Automated, Conclusion, Ground, Lane, Remedy, Restriction, Side, Urgency
from safeconduct.domains.remedy.rules import Stage as AppealStage

REMEDY_WORDS: Mapping[type[Enum], Mapping[Any, Any]] = {
    AppealStage: {
        AppealStage.WAITING: _("Waits for a reviewer"),
        AppealStage.TAKEN: _("Taken"),
        AppealStage.DECIDED: _("Decided"),
    },
    Automated: {
        Automated.NONE: _("No. A person looked and decided"),
        Automated.FINDING: _("A machine pointed to it, a person decided"),
        Automated.DECIDING: _("A machine took part in deciding"),
    },
    Conclusion: {
        Conclusion.UPHELD: _("The decision stays"),
        Conclusion.CHANGED: _("The decision is changed"),
        Conclusion.RETURNED: _("The case goes back to be worked on by somebody else"),
    },
    Ground: {Ground.RULES: _("Our own rules"), Ground.LAW: _("The law")},
    Lane: {Lane.USUAL: _("Usual"), Lane.EXPEDITED: _("Goes first")},
    Remedy: {
        Remedy.RESTORE: _("Restore content, an account or reach"),
        Remedy.CORRECT: _("Correct a label or a record"),
        Remedy.APOLOGISE: _("Apologise"),
        Remedy.EXPLAIN: _("Explain"),
        Remedy.PRESERVE: _("Preserve evidence and hand it over"),
        Remedy.REFER: _("Put in touch with help"),
        Remedy.GUARANTEE: _("Change what let it happen"),
    },
    Restriction: {
        Restriction.CONTENT_REMOVED: _("Content removed"),
        Restriction.CONTENT_DISABLED: _("Content no longer shown"),
        Restriction.CONTENT_DEMOTED: _("Content shown to fewer people"),
        Restriction.ACCOUNT_LIMITED: _("Account limited"),
        Restriction.ACCOUNT_SUSPENDED: _("Account suspended"),
        Restriction.ACCOUNT_CLOSED: _("Account closed"),
    },
    Side: {
        Side.REPORTER: _("From who reported"),
        Side.PARTNER: _("From a partner"),
        Side.ACTED_ON: _("From the person acted on"),
    },
    Urgency: {
        Urgency.NONE: _("Nothing urgent said"),
        Urgency.DANGER: _("Someone is in danger"),
        Urgency.LOCKED_OUT: _("Locked out of the account"),
        Urgency.SOON_TOO_LATE: _("Speech that is soon too late"),
    },
}
