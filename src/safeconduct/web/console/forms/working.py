"""Forms of everyday work on a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import Degree, Severity
from safeconduct.web.asked import LONGEST_TEXT, Asked, lines, lines_or_none, one_of
from safeconduct.web.console.words import DEGREE, SEVERITY

DEGREES = [(str(degree.value), DEGREE[degree]) for degree in Degree]
LOWER = [(severity.value, SEVERITY[severity]) for severity in (Severity.P2, Severity.P3)]


class AnswerForm(Asked):
    """A message into one report's conversation. The key makes a form sent twice one message."""

    report = forms.UUIDField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = lines(_("Message"), missing=_("Write a message first."), longest=LONGEST_TEXT)


class NoteForm(Asked):
    """An entry of the work file."""

    text = lines(_("Note"), missing=_("Write the note first."), longest=LONGEST_TEXT)


class SummaryForm(Asked):
    """The one line that the queue shows."""

    text = lines(
        _("The case in one line"),
        _("For the queue. Name nobody and quote nothing."),
        missing=_("Write one line."),
        rows=2,
        longest=160,
    )


class HandOverForm(Asked):
    """Who takes the case now, and what they should know."""

    to = one_of(_("Who takes it"), [], missing=_("Choose who takes the case."))
    note = lines(
        _("What they should know first"), _("Goes into the work file."), missing=_("Write at least one sentence.")
    )

    def __init__(self, *given: Any, colleagues: Sequence[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer only colleagues whom the reporters did not exclude."""
        super().__init__(*given, **named)
        self.fields["to"].choices = list(colleagues)  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely


class StepBackForm(Asked):
    """A conflict of interest: the reason stays in the work file, which the person stepping back can no longer open."""

    reason = lines(
        _("Why you step back"),
        _("For example: you know someone in it. Kept in the work file, which you can then no longer open."),
        missing=_("Write the reason in a few words."),
    )


class AssessForm(Asked):
    """Four answers that make the severity."""

    scale = one_of(_("Scale: how grave is the harm?"), DEGREES, missing=_("Choose one for the scale."))
    scope = one_of(_("Scope: how many people?"), DEGREES, missing=_("Choose one for the scope."))
    irremediability = one_of(
        _("Irremediability: how hard to make good?"), DEGREES, missing=_("Choose one for how hard it is to make good.")
    )
    likelihood = one_of(_("Likelihood: how soon, how sure?"), DEGREES, missing=_("Choose one for the likelihood."))
    reason = lines_or_none(_("Reason"), _("Needed when the case becomes less urgent."))


class LinkForm(Asked):
    """The other case, by the number people read to one another."""

    number = forms.CharField(
        label=_("Number of the other case"),
        help_text=_("As in the queue, for example K7M-204. You must be able to open it."),
        max_length=20,
        error_messages={"required": _("Write the number of the other case.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class MitigatedForm(Asked):
    """How the harm was stopped: this ends the second clock."""

    how = lines(_("What stopped it"), missing=_("Write what stopped the harm."))


class LowerTogetherForm(Asked):
    """One severity and one reason for all cases that are alike."""

    severity = one_of(_("Lower all to"), LOWER, missing=_("Choose how urgent they are."))
    reason = lines(_("Reason"), _("Written into every one of them."), missing=_("Write why they are less urgent."))
