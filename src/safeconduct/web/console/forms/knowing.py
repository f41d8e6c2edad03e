"""Forms about who somebody is: enrolling, tying a further report, asking, and being forgotten."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.defenders.rules import LONGEST_REASON, LONGEST_TEXT
from safeconduct.web.asked import Asked, lines, lines_or_none

WHY = lines(
    _("Why you need to know who this is"),
    _("Both benches read it, and so can the person you ask about."),
    missing=_("Write why you need to know who this is. They can read it."),
    longest=LONGEST_REASON,
)


class EnrolForm(Asked):
    """What a defender wishes us to know, and how they agreed to it."""

    names = lines_or_none(_("Names"), _("As they gave them. Leave it empty if they gave none."), rows=2)
    contacts = lines_or_none(_("Contacts"), _("Safe ways to reach them, and when."), rows=2)
    consent = lines(
        _("How they agreed"),
        _("In their words, with the day. Nobody is enrolled without it, and help is the same without it."),
        missing=_("Write how they agreed to this, in their words. Nobody is enrolled without it."),
        longest=LONGEST_TEXT,
    )


class TieForm(Asked):
    """That a report is by somebody who is enrolled."""

    pseudonym = forms.CharField(
        label=_("Their pseudonym"),
        help_text=_("Two groups of five letters, as they told you."),
        max_length=40,
        error_messages={"required": _("Write the pseudonym."), "max_length": _("This is too long. Shorten it.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    how = lines(
        _("How you know that it is they"), missing=_("Write how you know that this is the same person."), rows=2
    )


class AskForm(Asked):
    """Why a colleague asks."""

    reason = WHY


class AskByPseudonymForm(AskForm):
    """Whom a colleague asks for, and why."""

    pseudonym = TieForm.base_fields["pseudonym"]
    field_order = ("pseudonym", "reason")
