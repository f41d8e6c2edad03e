"""Forms for looking for a case: by an account, by a partner's own number, by words."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from safeconduct.connectors import registry
from safeconduct.domains.early_warning.rules import LONGEST
from safeconduct.web.asked import Asked
from safeconduct.web.console.words import Text


class Looking(Asked):
    """One way to look, with its heading and its button. Its fields' ids on the page begin with ``by``."""

    by: str
    heading: Text
    button: Text

    def __init__(self, said: QueryDict | None = None) -> None:
        """Take what was sent, if this is the way that was used."""
        super().__init__(said, auto_id=f"{self.by}_%s")


def _line(label: Text, hint: Text, *, missing: Text) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        error_messages={"required": missing, "max_length": _("This is too long. Shorten it.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )


class ByAccountForm(Looking):
    """An account that a report names, on one platform or on any."""

    by = "account"
    heading = _("By account")
    button = _("Look for the account")
    handle = _line(
        _("The account's name"), _("As it stands on the platform; with or without @."), missing=_("Type the name.")
    )
    platform = forms.ChoiceField(label=_("Platform"), required=False)

    def __init__(self, said: QueryDict | None = None) -> None:
        """Offer the platforms that are connected, and all of them."""
        super().__init__(said)
        known = [(each, registry.connector_for(each).name) for each in registry.platforms()]
        self.fields["platform"].choices = [("", _("Any platform")), *known]  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely


class ByReferenceForm(Looking):
    """The number that a partner gave to a report in their own books."""

    by = "reference"
    heading = _("By a partner's number")
    button = _("Look for the number")
    reference = _line(
        _("The partner's own number"),
        _("As they gave it when they reported. Dots and dashes do not matter."),
        missing=_("Type the number."),
    )


class ByWordsForm(Looking):
    """Words that stand in one of the reader's own open cases."""

    by = "words"
    heading = _("By words, in your own open cases")
    button = _("Look for the words")
    words = _line(
        _("Words"),
        _("All of them must stand somewhere in the case: the report, the letters, the work file."),
        missing=_("Type a word."),
    )
