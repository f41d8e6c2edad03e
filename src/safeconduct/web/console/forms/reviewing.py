"""Forms of remedy: deciding an appeal, giving reasons to the person acted on, promising and delivering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import OUTCOME_OF, Outcome, Reason
from safeconduct.domains.remedy.rules import Automated, Conclusion, Ground, Remedy, Restriction
from safeconduct.web.asked import LONGEST_TEXT, Asked, lines, lines_or_none, one_of
from safeconduct.web.console.words import OUTCOME, REASON, choices

# What an appeal can end in. Anything else is worked on anew.
_INSTEAD = [
    (OUTCOME[outcome], [(reason.value, REASON[reason]) for reason in Reason if OUTCOME_OF[reason] is outcome])
    for outcome in (Outcome.PROTECTED, Outcome.ADVISED, Outcome.NO_ACTION)
]


class RulingForm(Asked):
    """What the reviewer found, in words for each side, and what is undone by it."""

    conclusion = one_of(_("What you found"), choices(Conclusion), missing=_("Choose one."))
    words = lines(
        _("Words for whoever appealed"),
        _("What you looked at, what you found, and why. In their language."),
        missing=_("Write to whoever appealed what was decided and why."),
        rows=5,
        longest=LONGEST_TEXT,
    )
    reason = forms.ChoiceField(
        label=_("If it is changed: what is decided instead"),
        choices=[("", _("Nothing, it is not changed")), *_INSTEAD],
        required=False,
    )
    evidence = lines_or_none(_("What you looked at"), _("One thing a line. Needed for a change."), rows=2)
    undo = forms.MultipleChoiceField(
        label=_("What is undone on the platform"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, undoable: list[tuple[str, str]], for_acted_on: bool, **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer what can be undone; ask for words to the reporter only where somebody else appealed."""
        super().__init__(*given, **named)
        self.fields["undo"].choices = undoable  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely
        if not undoable:
            del self.fields["undo"]
        if for_acted_on:
            hint = _("If it is changed they read these, and never what you write to the person acted on.")
            self.fields["words_for_reporter"] = lines_or_none(_("Words for the reporter"), hint)


class StatementForm(Asked):
    """What the law asks to be said to somebody acted on. The rest of the statement is ours."""

    restriction = forms.ChoiceField(
        label=_("What was done"),
        choices=[("", _("Choose one")), *choices(Restriction)],
        error_messages={"required": _("Choose what was done.")},
    )
    what = forms.CharField(
        label=_("To what"),
        help_text=_("As its owner knows it: your post of 19 November. Leave it empty where it is their whole account."),
        required=False,
    )
    facts = lines(
        _("What was seen there"),
        _("Only what anybody could see there. Not how we came to look."),
        missing=_("Say what was seen there."),
    )
    ground = one_of(_("What it breaks"), choices(Ground), missing=_("Choose one."))
    rule = forms.CharField(
        label=_("Which law or which rule"), error_messages={"required": _("Name the law or the rule.")}
    )
    automated = one_of(_("Did a machine take part?"), choices(Automated), missing=_("Choose one."))
    where = forms.CharField(label=_("Where it holds"), help_text=_("Empty means everywhere."), required=False)
    until = forms.DateField(
        label=_("Until when"),
        help_text=_("Empty means without an end date."),
        error_messages={"invalid": _("Write a day, or leave it empty.")},
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("In which language"),
        help_text=_("What they read themselves. The language of the report would tell them of it."),
        error_messages={"required": _("Choose the language that they read.")},
    )
    platform = forms.ChoiceField(
        label=_("How it reaches them"),
        help_text=_("A platform puts it into their account, and nobody here reads its code."),
        required=False,
    )
    handle = forms.CharField(label=_("Their account there"), help_text=_("Empty if you hand it over."), required=False)
    nonce = forms.CharField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own
        languages: list[tuple[str, str]],
        platforms: list[tuple[str, str]],
        **named: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        """Offer the languages that our own sentences exist in, and the platforms that can be reached."""
        super().__init__(*given, **named)
        by_hand = ("", _("I hand it over, because no platform can"))
        self.fields["platform"].choices = [*platforms, by_hand]  # type: ignore[attr-defined] # as below
        self.fields["language"].choices = [("", _("Choose one")), *languages]  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely


class PromiseForm(Asked):
    """A remedy from the catalogue, in words that the reporter reads."""

    report = forms.ChoiceField(label=_("To whom"))
    kind = one_of(_("What is promised"), choices(Remedy), missing=_("Choose one."))
    words = lines(_("In words the reporter reads"), missing=_("Say what exactly is promised."))

    def __init__(self, *given: Any, reports: list[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer the reporters of this case."""
        super().__init__(*given, **named)
        self.fields["report"].choices = reports  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely
        if len(reports) == 1:
            self.fields["report"].widget = forms.HiddenInput()
            self.fields["report"].initial = reports[0][0]
