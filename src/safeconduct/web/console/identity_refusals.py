"""The sentences with which identities and benches say no to staff, marked for translators; see ``refusals``."""

from typing import Final


def gettext_noop(words: str) -> str:
    """Mark words for translators; Django's ``makemessages`` looks for this name."""
    return words


IDENTITY_SENTENCES: Final = frozenset(
    {
        gettext_noop("Nobody is kept under this pseudonym. Compare the spelling: two groups of five letters."),
        gettext_noop("Whoever sits on a bench never asks. Let a colleague ask."),
        gettext_noop("Write a name or a contact. With neither there is nothing to keep."),
        gettext_noop("Write how they agreed to this, in their words. Nobody is enrolled without it."),
        gettext_noop("This is too long to keep. Write the names and contacts alone."),
        gettext_noop("Write why you need to know who this is. They can read it."),
        gettext_noop("Say why in fewer words: at most a thousand letters."),
        gettext_noop("This asking is over. Whoever still needs to know asks anew."),
        gettext_noop("One custodian of each bench must approve first. Wait for both."),
        gettext_noop("Write how you know that this is the same person."),
        gettext_noop(
            "This report keeps a colleague out, and whoever opens a name sees every case tied to it. "
            "Leave it untied, or enrol them here under a pseudonym of its own."
        ),
        gettext_noop("This report belongs to somebody who is enrolled already. The page shows their pseudonym."),
        gettext_noop("You have asked for this one already. Look under Identities how it stands."),
        gettext_noop("They asked that this colleague must not see it. Refuse this asking."),
        gettext_noop(
            "The entry of whoever asks is not signed as it stands, so nothing is sealed to them. Ask for 'doctor'."
        ),
        gettext_noop("Your bench has approved this already. The other one answers now."),
        gettext_noop("What was handed to you no longer opens: your key has changed since. Ask anew."),
        gettext_noop(
            "There are no two benches with two custodians each, so no name can be kept here. "
            "Write down a pseudonym only, or ask a lead for benches."
        ),
        gettext_noop(
            "One bench would have nobody left whom this person lets see it. "
            "Keep no name; the case can go on without one."
        ),
        gettext_noop(
            "They asked that somebody must not see this whom we cannot find here, so nobody can be sure that the "
            "benches leave them out. Keep no name; the case can go on without one."
        ),
    }
)
