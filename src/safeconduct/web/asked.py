"""What every form of staff shares: questions in words, answers kept, refusals said where they belong."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.domains.cases.rules.limits import LONGEST_MESSAGE
from safeconduct.kernel.errors import Refused, Unavailable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"

LONGEST_TEXT = LONGEST_MESSAGE
LONGEST_REASON = 2_000


class Asked(forms.Form):
    """A form that leaves checking to the server, whose words are ours and in the page's language."""

    use_required_attribute = False


def lines(
    label: Text,
    hint: Text = "",
    *,
    missing: Text,
    rows: int = 3,
    longest: int = LONGEST_REASON,
) -> forms.CharField:
    """Ask for a few lines of text that may not be left out."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        error_messages={"required": missing, "max_length": gettext_lazy("This is too long. Shorten it.")},
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def lines_or_none(label: Text, hint: Text = "", *, rows: int = 3) -> forms.CharField:
    """Ask for a few lines that may be left out."""
    asked = lines(label, hint, missing="", rows=rows)
    asked.required = False
    return asked


def one_of(
    label: Text,
    choices: list[tuple[str, Text]],
    hint: Text = "",
    *,
    missing: Text,
) -> forms.ChoiceField:
    """Ask for exactly one of a few, with nothing chosen beforehand."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        error_messages={"required": missing, "invalid_choice": missing},
        widget=forms.RadioSelect,
    )


def trying(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do what the form asks if it is whole; a refusal is said on the form, beside everything that was typed."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except (Refused, Unavailable) as refusal:
        form.add_error(None, _(refusal.sentence))
        return False
    return True
