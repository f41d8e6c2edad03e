"""The form for acting against what attacks somebody: what, on whose account, on which message, until when and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from safeconduct.connectors.port import ActKind
from safeconduct.domains.safety.rules import LONGEST_ITEM
from safeconduct.web.asked import Asked, lines, one_of
from safeconduct.web.console.safety_words import RESTRAINT

ANOTHER = "another"
DAYS = (1, 3, 7, 30, 90)
LONGEST_HANDLE = 255


def _acts(cannot: Mapping[ActKind, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the acts to choose from, those first that every platform can do; the others say who cannot."""
    return [
        (act.value, _told(words, cannot.get(act, ())))
        for act, words in sorted(RESTRAINT.items(), key=lambda one: one[0] in cannot)
    ]


def _told(words: object, cannot: Sequence[str]) -> str:
    if not cannot:
        return str(words)
    names = ", ".join(cannot)
    return f"{words} {gettext('Cannot be done on: %(names)s.') % {'names': names}}"


class RestraintForm(Asked):
    """One act and everything that has to be said of it. ``until`` is fixed once its cost was shown."""

    act = one_of(
        _("What is to be done?"),
        [(act.value, words) for act, words in RESTRAINT.items()],
        _("The mildest that helps. What can be taken back can be put right after an appeal."),
        missing=_("Choose what is to be done."),
    )
    account = one_of(_("Whose account?"), [], missing=_("Choose an account."))
    handle = forms.CharField(label=_("The other account"), required=False, max_length=LONGEST_HANDLE)
    platform = forms.ChoiceField(label=_("On which platform?"), required=False)
    item = forms.CharField(
        label=_("Which message, file or place?"),
        help_text=_("Its link or its id. Leave it empty where the act is on the account itself."),
        required=False,
        max_length=LONGEST_ITEM,
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        help_text=_("A suspension ends by itself. Leave it out for anything else."),
        choices=[],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = lines(
        _("What was seen, and which rule it breaks"),
        _("Kept in the work file. The reporter does not read it, nor does the person acted on."),
        missing=_("Write what was seen there and which rule it breaks."),
    )
    until = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    cost_shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own
        accounts: Sequence[tuple[str, str]],
        platforms: Sequence[tuple[str, str]],
        cannot: Mapping[ActKind, Sequence[str]],
        **named: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        """Offer the accounts that the reports name as attacking, and one more to be typed."""
        super().__init__(*given, **named)
        offered = [*accounts, (ANOTHER, _("Another account, named below"))]
        self.fields["act"].choices = _acts(cannot)  # type: ignore[attr-defined] # as below
        self.fields["account"].choices = offered  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely
        # Counted here and not above: a sum of days that is made once would be in one language for everybody.
        ends = [(days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in DAYS]
        self.fields["days"].choices = [("", _("It has no end of its own")), *ends]  # type: ignore[attr-defined] # as above
        self.fields["platform"].choices = list(platforms)  # type: ignore[attr-defined] # as above
        if len(platforms) == 1:
            self.fields["platform"].widget = forms.HiddenInput()
            self.fields["platform"].initial = platforms[0][0]

    def clean(self) -> dict[str, Any]:
        """Insist on a name where another account is meant."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("account") == ANOTHER and not (said.get("handle", "").strip() and said.get("platform")):
            self.add_error("handle", _("Write the name of the account."))
        return said
