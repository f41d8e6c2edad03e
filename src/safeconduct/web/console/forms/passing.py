"""The question whether a report may go to the platform's general queue."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import Part
from safeconduct.web.asked import LONGEST_TEXT, Asked, lines
from safeconduct.web.console.words import PART


class AskConsentForm(Asked):
    """Which parts are asked for, and in which words."""

    parts = forms.MultipleChoiceField(
        label=_("Which parts may go?"),
        help_text=_("Ask for no more than the general queue needs."),
        error_messages={"required": _("Choose at least one part of the report.")},
        widget=forms.CheckboxSelectMultiple,
    )
    question = lines(
        _("What you ask them"),
        _("In their language. They read it in their conversation, with the parts you chose and two buttons."),
        missing=_("Write to the reporter what you ask, in their language."),
        rows=5,
        longest=LONGEST_TEXT,
    )

    def __init__(self, *given: Any, offered: Sequence[Part], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer only the parts that this report has."""
        super().__init__(*given, **named)
        self.fields["parts"].choices = [(part.value, PART[part]) for part in offered]  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely
