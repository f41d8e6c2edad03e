"""Forms about being called: an address for each pager, and the number of a trial call."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.web.asked import Asked


class PagerForm(Asked):
    """Where one pager finds the person. Leaving the address empty forgets it."""

    pager = forms.ChoiceField(label=_("Pager"), error_messages={"required": _("Choose a pager.")})
    address = forms.CharField(
        label=_("Address"),
        help_text=_(
            "As this pager wants it: a mail address for mail, a web address that begins with https:// for chat and "
            "webhook. Leave it empty to forget it."
        ),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *given: Any, pagers: Sequence[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer the pagers of this service."""
        super().__init__(*given, **named)
        self.fields["pager"].choices = list(pagers)  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely


class PagerNumberForm(Asked):
    """The number that a trial call carried."""

    number = forms.CharField(
        label=_("Number of the trial call"),
        max_length=20,
        error_messages={"required": _("Type the number that came.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )
