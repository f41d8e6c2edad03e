"""Forms of the register of demands: logging one, its steps, the words that go out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.demands.rules import LONGEST_WORDS, Answer, Found, Step
from safeconduct.web.asked import Asked, lines, lines_or_none
from safeconduct.web.console.words import choices, words_for

_DAY = {"type": "date"}


def day(label: Any, hint: Any = "") -> forms.DateField:  # noqa: ANN401 - lazy text
    """Ask for a day that may be left out."""
    return forms.DateField(label=label, help_text=hint, required=False, widget=forms.DateInput(attrs=_DAY))


class LogForm(Asked):
    """A demand as it came."""

    authority = forms.CharField(
        label=_("Which authority"), max_length=200, error_messages={"required": _("Say which authority it is.")}
    )
    basis = lines_or_none(_("The law and the order it names"), _("Word for word. Empty if it names none."), rows=2)
    asked = lines(_("What it asks for"), _("Word for word."), missing=_("Say what it asks for."), longest=LONGEST_WORDS)
    received_on = forms.DateField(
        label=_("The day it came"),
        widget=forms.DateInput(attrs=_DAY),
        error_messages={"required": _("Say on which day it came.")},
    )
    due_on = day(_("The day by which it wants an answer"), _("Empty if it names none."))
    key = forms.UUIDField(widget=forms.HiddenInput)


class StepsForm(Asked):
    """The steps before any answer, each with what it rests on, and the narrowest reading."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Ask for each step in turn."""
        super().__init__(*given, **named)
        for step in Step:
            self.fields[step.value] = forms.ChoiceField(
                label=words_for(step),
                choices=choices(Answer),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one.")},
            )
            self.fields[f"{step.value}_words"] = lines(
                _("On what that rests"), missing=_("Write down on what it rests."), rows=2
            )
        self.fields["reading"] = lines_or_none(
            _("The narrowest reading"), _("What exactly must be handed over, and what not. Empty to refuse.")
        )

    @staticmethod
    def begun(steps: dict[Step, Found], reading: str) -> dict[str, str]:
        """Return what was written down so far."""
        answers = {step.value: found.answer.value for step, found in steps.items()}
        return answers | {f"{step.value}_words": found.words for step, found in steps.items()} | {"reading": reading}

    def steps(self) -> dict[Step, Found]:
        """Return what was found."""
        said = self.cleaned_data
        return {step: Found(Answer(said[step.value]), said[f"{step.value}_words"]) for step in Step}


class AnswerDemandForm(Asked):
    """What goes to the people concerned, or the day on which somebody asks again whether they may be told."""

    words = lines_or_none(
        _("Words to the people concerned"),
        _("They read them in their conversation before anything leaves. Who demands it, what leaves, where help is."),
    )
    ask_again_on = day(_("If it is forbidden: ask again on"))


class RefuseDemandForm(AnswerDemandForm):
    """The words of a refusal as well."""

    refusal = lines(_("Words to the authority"), missing=_("Write the words that are sent."), longest=LONGEST_WORDS)

    field_order = ("refusal", "words", "ask_again_on")
