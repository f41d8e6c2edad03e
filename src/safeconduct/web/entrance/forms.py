"""What a lead is asked about a colleague, and a custodian who agrees is asked about themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.accounts.rules import LONGEST_NAME, LONGEST_PASSPHRASE
from safeconduct.accounts.values import NewPerson, Role, TeamView
from safeconduct.web.asked import Asked
from safeconduct.web.entrance.words import ROLES, Text

OFFERED = [role for role in Role if role is not Role.PARTNER]
LONGEST_SHOWN = 80


def _line(
    label: Text, hint: Text = "", *, missing: Text = "", longest: int = LONGEST_NAME, **look: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(missing),
        error_messages={"required": missing, "max_length": _("This is too long. Shorten it.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **look}),
    )


class InviteForm(Asked):
    """Someone new: what colleagues call them, what they may do, where they belong."""

    name = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$",
        label=_("Sign-in name"),
        help_text=_("Two to forty letters, digits, dots or dashes. It need not be the person's own name."),
        error_messages={
            "required": _("Give a sign-in name."),
            "invalid": _("A sign-in name has two to forty letters, digits, dots or dashes."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )
    shown = _line(
        _("Name as colleagues and reporters read it"),
        _("Left empty, it is the sign-in name."),
        longest=LONGEST_SHOWN,
        dir="auto",
    )
    roles = forms.MultipleChoiceField(
        label=_("May act as"),
        choices=[(role.value, ROLES[role]) for role in OFFERED],
        error_messages={"required": _("Say what they may do.")},
        widget=forms.CheckboxSelectMultiple,
    )
    teams = forms.MultipleChoiceField(label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country they work in"),
        help_text=_("Two letters, such as NL. Reporters may leave out a country. Empty if nobody should know."),
        required=False,
        error_messages={"invalid": _("Two letters such as NL, or nothing.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "maxlength": "2"}),
    )
    languages = _line(_("Languages they read, by code and comma"), dir="ltr")

    def __init__(self, *given: Any, teams: Iterable[TeamView], **named: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*given, **named)
        offered: Any = self.fields["teams"]
        offered.choices = [(team.name, team.name) for team in teams]

    def person(self) -> NewPerson:
        """Return whom the lead described."""
        said = self.cleaned_data
        codes = [code.strip().lower() for code in said["languages"].split(",") if code.strip()]
        return NewPerson(
            display_name=said["shown"] or said["name"],
            sign_in_name=said["name"],
            roles=frozenset(Role(role) for role in said["roles"]),
            country=said["country"].upper(),
            languages=tuple(codes or ["en"]),
            teams=tuple(said["teams"]),
        )


class AgreementForm(Asked):
    """A custodian at the same screen, who agrees with everything they would sign in with."""

    custodian = _line(
        _("The custodian's sign-in name"), missing=_("A custodian must agree: name, words and code."), dir="ltr"
    )
    words = forms.CharField(
        label=_("Their six words"),
        max_length=LONGEST_PASSPHRASE,
        error_messages={"required": _("The custodian's six words are missing.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    code = _line(
        _("The six digits their app shows now"),
        missing=_("The six digits of the custodian's app are missing."),
        dir="ltr",
        inputmode="numeric",
    )
