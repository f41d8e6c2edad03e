"""Forms that end a case: what was decided and why, and what we ourselves contributed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import OUTCOME_OF, Linkage, Outcome, Reason
from safeconduct.web.asked import LONGEST_TEXT, Asked, lines, lines_or_none, one_of
from safeconduct.web.console.words import OUTCOME, REASON, choices

# Child-abuse material has its own page: it closes the content to everyone before anything else is asked.
_BY_OUTCOME = [
    (OUTCOME[outcome], [(reason.value, REASON[reason]) for reason in Reason if OUTCOME_OF[reason] is outcome])
    for outcome in (Outcome.PROTECTED, Outcome.ADVISED, Outcome.NO_ACTION, Outcome.NOT_ABOUT_A_DEFENDER)
]
_CHILD_ABUSE = (
    OUTCOME[Outcome.CHILD_ABUSE],
    [(Reason.CHILD_ABUSE_MATERIAL.value, REASON[Reason.CHILD_ABUSE_MATERIAL])],
)


class DecideForm(Asked):
    """The decision, the evidence looked at, and words for each side."""

    reason = forms.ChoiceField(
        label=_("What is decided, and why"),
        choices=[("", _("Choose one")), *_BY_OUTCOME],
        error_messages={"required": _("Choose what is decided.")},
    )
    looked_at = forms.MultipleChoiceField(
        label=_("Evidence you looked at"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also_looked_at = lines_or_none(_("And what else you looked at"), _("One thing a line."), rows=2)
    words_for_reporter = lines(
        _("Words for the reporter"),
        _("What was decided, why, and how to disagree. In their language."),
        missing=_("Write to the reporter what was decided and why."),
        rows=5,
        longest=LONGEST_TEXT,
    )
    words_for_acted_on = lines_or_none(
        _("Words for the person acted on"),
        _(
            "A draft, and nothing is sent from here: the next page gives them the reasons. Only what was seen there, "
            "which rule applies and to what. Leave it empty if nobody is acted on."
        ),
    )

    def __init__(self, *given: Any, evidence: list[tuple[str, str]], restricted: bool = False, **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer what this case holds as evidence, and of child-abuse material its own outcome."""
        super().__init__(*given, **named)
        if restricted:
            self.fields["reason"].choices = [("", _("Choose one")), _CHILD_ABUSE, *_BY_OUTCOME]  # type: ignore[attr-defined] # the same
        self.fields["looked_at"].choices = evidence  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely


class CloseForm(Asked):
    """Whether the platform contributed to the harm, and whether the reporter is asked how it went."""

    linkage = one_of(
        _("Did the platform contribute to the harm?"),
        choices(Linkage),
        missing=_("Choose one. If you cannot tell, choose that."),
    )
    words = lines_or_none(_("In which way"), _("For the lessons we publish. Name nobody."))
    feedback_asked = forms.BooleanField(label=_("Ask the reporter whether it helped"), required=False, initial=True)


class RestrictForm(Asked):
    """Child-abuse material: one sentence, and nothing is shown to anyone from then on."""

    reason = lines(
        _("What makes you think so"),
        _("One sentence. Do not describe it, do not copy it, do not look again."),
        missing=_("Write one sentence."),
        rows=2,
    )


class ToldByLawForm(Asked):
    """That the body which the law names was told."""

    reference = lines(
        _("Their reference, or how they were told"),
        missing=_("Write the reference that the body gave you, or how it was told."),
        rows=2,
    )
