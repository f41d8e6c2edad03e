"""The sentences with which the rules say no to partners, marked for translators. Pages say them with ``said``."""

from typing import Final

from django.utils.translation import gettext_noop

PARTNER_SENTENCES: Final = frozenset(
    {
        gettext_noop("An appeal against this decision is under way. Add what is new to it as a message."),
        gettext_noop("Many pictures wait here already. More can come once a person has answered; words can go now."),
        gettext_noop("Nothing has been decided yet. Until then, write to the people who work on it."),
        gettext_noop("Reports cannot be sent this way now. Someone you trust may know a partner who can send one."),
        gettext_noop("The report could not be kept just now. Nothing you wrote is lost. Send it again."),
        gettext_noop(
            "The time to appeal is over: it ended six months after the decision. What else you can do is below."
        ),
        gettext_noop("This account is not in your report. Write to us that it is yours, and a person will look."),
        gettext_noop(
            "This decision has been appealed against once. Another appeal needs something new: say what it is."
        ),
        gettext_noop("This form was sent before, or is too old. Nothing was sent. Begin a new one."),
        gettext_noop(
            "Very many people are writing at this moment. Nothing you wrote is lost. Send it again in a minute."
        ),
        gettext_noop(
            "Your organisation cannot do this today: its vetting or its agreement has to be renewed. Write to us."
        ),
        gettext_noop(
            "Your organisation's key waits for two custodians, so nothing can be sealed to you yet. Ask the programme."
        ),
        gettext_noop(
            "Your organisation's key waits for two custodians. Until they have signed it, nothing is handed to you."
        ),
    }
)
