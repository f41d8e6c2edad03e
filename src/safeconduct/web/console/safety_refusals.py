"""The sentences with which acting against an attack, and copies of messages, say no: marked here for translators."""

from typing import Final

from django.utils.translation import gettext_noop

SAFETY_SENTENCES: Final = frozenset(
    {
        gettext_noop("Choose one of the acts that are listed."),
        gettext_noop("Choose one of the things that the reporter sent."),
        gettext_noop("Give the link or the id of what is meant: the message, file or place."),
        gettext_noop("Only a message whose link or id was written to us here can be copied. Ask the reporter for it."),
        gettext_noop("Only a suspension ends by itself. Leave the end out for anything else."),
        gettext_noop("Say when the suspension ends: within a year."),
        gettext_noop(
            "This account is one that a report asks us to protect. Secure it instead; a sanction never falls on it."
        ),
        gettext_noop(
            "This platform gives us no copies of single messages. Keep a screenshot or words in place of one."
        ),
        gettext_noop("This is done to the whole account. Leave the message, file or place out, or choose again."),
        gettext_noop("Write what was seen there and which rule it breaks."),
        gettext_noop("Write why it is taken back."),
        gettext_noop("A report holds no more accounts than it has. Take one back first."),
        gettext_noop(
            "Something that was done to this account still stands. "
            "Take that back first; then it can be taken back here."
        ),
        gettext_noop("The platform knows no account of this name. Check the spelling, and ask the reporter."),
        gettext_noop("This account is among those to protect already."),
        gettext_noop(
            "A second person must agree before this is done: a report of another case asks us to protect this account. "
            "They are asked in the work file of this case; a lead or a colleague who can open it agrees there, "
            "within a day."
        ),
        gettext_noop(
            "A check made for locking does not count for unlocking. Tick how you know that they want it back."
        ),
        gettext_noop(
            "Nothing was done: this platform cannot end a lock by itself, so a code alone locks nothing there. "
            "A person must check that the account is theirs."
        ),
        gettext_noop(
            "Nothing was done yet. Another case asks to protect this account, or you wrote it down yourself: "
            "your check is kept, and a second colleague must check too, then order it here."
        ),
        gettext_noop("Write the account's name as its platform writes it."),
        gettext_noop("Write where they named it, such as which message."),
    }
)
