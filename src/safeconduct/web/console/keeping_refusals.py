"""The sentences with which keeping and erasing say no to staff, marked for translators as those in ``refusals`` are."""

from typing import Final

from django.utils.translation import gettext_noop

KEEPING_SENTENCES: Final = frozenset(
    {
        gettext_noop("A hold protects this case. Lift the hold first, if nothing speaks against it."),
        gettext_noop("An appeal or a promised remedy still needs this case. It can be erased once that has ended."),
        gettext_noop("Choose a day within the next twelve months on which somebody looks at this hold again."),
        gettext_noop("One of the two must be a lead. Ask a lead to agree."),
        gettext_noop("Only a closed case is erased. Close it first."),
        gettext_noop("Only a lead ends a hold that somebody else asked for. Ask a lead."),
        gettext_noop("Somebody else must agree to what you asked for yourself."),
        gettext_noop("You asked for this less than thirty days ago and nobody agreed. Somebody else can ask for it."),
        gettext_noop("This cannot be deleted now. It stays sealed."),
        gettext_noop("This was asked more than a week ago and holds nothing any more. Ask for it anew."),
        gettext_noop("Two people agreed to this hold, so two lift it. Ask that it is lifted; somebody else agrees."),
        gettext_noop("Write why, in one or two sentences."),
    }
)
