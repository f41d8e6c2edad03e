"""Forms about how long a case is kept: a hold, its end, and erasing before the time."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.web.asked import Asked, lines, lines_or_none

WHY = _("Write why, in one or two sentences.")


class HoldForm(Asked):
    """Ask that nothing of a case is erased."""

    reason = lines(_("Why nothing may be erased"), _("The law, the court or the body, and its number."), missing=WHY)
    review_on = forms.DateField(
        label=_("Look at it again on"),
        help_text=_("Within twelve months. The hold does not end by itself on that day."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day within the next twelve months on which somebody looks at this hold again."),
            "invalid": _("Write the day as 2026-11-30."),
        },
    )
    words_for_reporter = lines_or_none(
        _("Words to the reporter"),
        _("Sent once a second person agrees, in their language. Leave it empty where the law forbids to tell them."),
    )


class EraseForm(Asked):
    """Ask that a case is erased before its time."""

    reason = lines(_("Why it is erased before its time"), _("Who asked for it, and which law says so."), missing=WHY)
