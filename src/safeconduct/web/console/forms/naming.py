"""The form for an account that a reporter named only in words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules.limits import LONGEST, Short
from safeconduct.web.asked import Asked, lines, one_of


class WriteDownForm(Asked):
    """Whose account it is, what it is called there, and where the reporter named it."""

    report = one_of(_("Whose account is it?"), [], missing=_("Choose whose account it is."))
    platform = one_of(_("On which platform?"), [], missing=_("Choose a platform."))
    handle = forms.CharField(
        label=_("The account"),
        help_text=_("As the platform writes it, such as its address or the name after the @."),
        max_length=LONGEST[Short.HANDLE],
        error_messages={"required": _("Write the name of the account.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    source = lines(
        _("Where they named it"),
        _("For example: in their second message. Kept in the work file, which the reporter does not read."),
        missing=_("Write where they named it, such as which message."),
        rows=2,
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own
        reports: Sequence[UUID],
        platforms: Sequence[tuple[str, str]],
        **named: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        """Offer the reports of the case and the platforms that are connected; what is the only one is not asked."""
        super().__init__(*given, **named)
        numbered = enumerate(reports, start=1)
        theirs = [(str(each), gettext("The reporter of report %(number)s") % {"number": n}) for n, each in numbered]
        for name, choices in (("report", theirs), ("platform", list(platforms))):
            self.fields[name].choices = choices  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely
            if len(choices) == 1:
                self.fields[name].widget = forms.HiddenInput()
                self.fields[name].initial = choices[0][0]
