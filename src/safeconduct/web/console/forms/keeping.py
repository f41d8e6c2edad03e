"""Forms that keep evidence: a copy from the platform, a file, words. Each takes a word about what it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.safety.rules import LONGEST_ITEM
from safeconduct.web.asked import LONGEST_TEXT, Asked, lines, one_of


class SnapshotForm(Asked):
    """Which named account is copied."""

    account = one_of(_("Which account?"), [], missing=_("Choose an account."))
    note = lines(_("Why it is kept"), missing=_("Write in a few words why it is kept."), rows=2)

    def __init__(self, *given: Any, accounts: Sequence[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer the accounts that the reports name, and no other."""
        super().__init__(*given, **named)
        self.fields["account"].choices = list(accounts)  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely


class CopyMessageForm(Asked):
    """Which message is copied: one whose link or id was written to us."""

    platform = one_of(_("On which platform?"), [], missing=_("Choose a platform."))
    item = forms.CharField(
        label=_("Which message?"),
        help_text=_("Its link or its id, letter by letter as the reporter wrote it."),
        max_length=LONGEST_ITEM,
        error_messages={"required": _("Paste the link or the id first.")},
    )
    note = lines(_("Why it is kept"), missing=_("Write in a few words why it is kept."), rows=2)

    def __init__(self, *given: Any, platforms: Sequence[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer the platforms that give copies of single messages."""
        super().__init__(*given, **named)
        self.fields["platform"].choices = list(platforms)  # type: ignore[attr-defined] # a ChoiceField; Django types the dict loosely
        if len(platforms) == 1:
            self.fields["platform"].widget = forms.HiddenInput()
            self.fields["platform"].initial = platforms[0][0]


class BesideForm(Asked):
    """Which of the things that a reporter sent shows what a ciphertext holds."""

    sent = one_of(_("What shows it?"), [], missing=_("Choose what shows it."))

    def __init__(self, *given: Any, sent: Sequence[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer what came into the conversations, and nothing else."""
        super().__init__(*given, **named)
        self.fields["sent"].choices = list(sent)  # type: ignore[attr-defined] # as above


class KeepFileForm(Asked):
    """A file that somebody brought; the file itself is sealed while it arrives and is no field here."""

    note = lines(
        _("What it is, and where it comes from"),
        missing=_("Write in a few words what it is and where it comes from."),
        rows=2,
    )


class KeepTextForm(KeepFileForm):
    """Words that somebody brought."""

    text = lines(
        _("The words, as they came"), missing=_("Write or paste the words first."), rows=5, longest=LONGEST_TEXT
    )
    field_order = ("text", "note")
