"""Forms before an act on someone's account: who else can see it, how we know it is theirs, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.safety.rules import Proof, WhoElse
from safeconduct.web.asked import Asked, lines, one_of
from safeconduct.web.console.safety_words import PROOF, WHO_ELSE

# A code proves control and reaches a hijacker too, and a partner vouches at their own desk: neither is ticked here.
TICKED_BY_STAFF = [(proof.value, PROOF[proof]) for proof in (Proof.RESPONDER_CHECK, Proof.CONTACT)]


# Whoever orders has to have an answer, if only that nobody knows.
KNOWN_OR_NOT = [(one.value, WHO_ELSE[one]) for one in WhoElse if one is not WhoElse.UNSAID]


class OrderForm(Asked):
    """What must be answered before anything is ordered."""

    account = forms.CharField(widget=forms.HiddenInput, max_length=64)
    cost_shown = forms.CharField(widget=forms.HiddenInput, max_length=2_000)
    key = forms.UUIDField(widget=forms.HiddenInput)
    who_else_sees = one_of(
        _("Who else can see this account or phone now?"),
        KNOWN_OR_NOT,
        _("If anyone can, or we do not know, nothing is sent to the account."),
        missing=_("Say who else can see it. If you cannot tell, choose that."),
    )
    proofs = forms.MultipleChoiceField(
        label=_("How do you know that it is theirs?"),
        help_text=_("Proofs given earlier on this case count by themselves."),
        choices=TICKED_BY_STAFF,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = lines(
        _("Why, and how you checked"),
        _("Kept in the record. The person it is done for can read it."),
        missing=_("Write why you do this and how you checked."),
    )


class UndoForm(Asked):
    """Why an act is taken back."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    proofs = forms.MultipleChoiceField(
        label=_("How do you know that they want it back?"),
        choices=TICKED_BY_STAFF,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = lines(
        _("Why, and how you checked"),
        _("Kept in the record. The person it is done for can read it."),
        missing=_("Write why you take it back and how you checked."),
    )


class LiftForm(Asked):
    """Why a restraint is taken back."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = lines(
        _("Why it is taken back"),
        _("Kept in the work file."),
        missing=_("Write why it is taken back."),
    )


class ConfirmForm(UndoForm):
    """The second proof without which a lock made on a code alone lapses."""
