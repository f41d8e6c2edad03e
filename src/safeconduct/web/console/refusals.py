"""The sentences with which the rules say no to staff, marked here for translators. Pages say them with ``gettext``.

The rules are plain Python and know no translation, so their sentences stand here a second time; a test insists that
none is missing.
"""

from typing import Final

from django.utils.translation import gettext_noop

from safeconduct.web.console.demand_words import DEMAND_SENTENCES
from safeconduct.web.console.identity_refusals import IDENTITY_SENTENCES
from safeconduct.web.console.keeping_refusals import KEEPING_SENTENCES
from safeconduct.web.console.remedy_refusals import REMEDY_SENTENCES
from safeconduct.web.console.safety_refusals import SAFETY_SENTENCES

OF_CASES: Final = frozenset(
    {
        gettext_noop(
            "A key of the index is missing, so nothing was looked up by account. Nothing is lost: look by words in "
            "your own cases, and ask somebody of the early-warning team and a custodian for 'safeconduct index "
            "rebuild'."
        ),
        gettext_noop(
            "The index of accounts is asleep, so nothing was looked up. Nothing is lost: it wakes when somebody of the "
            "early-warning team signs in. Ask one of them, then look again."
        ),
        gettext_noop(
            "There is no index of accounts yet. A lead makes a team of the kind early-warning; "
            "the index begins when the first of its members signs in with the team's key."
        ),
        gettext_noop("A code alone cannot do this. A person must check first; ask for it here."),
        gettext_noop("A colleague has taken this case. Ask them to link it."),
        gettext_noop("A second proof is needed: a contact set earlier, a partner, or a person's check."),
        gettext_noop(
            "Fewer than two people can open a new case. "
            "Bring a second member into the intake team, signed by two custodians."
        ),
        gettext_noop("Name the evidence you looked at."),
        gettext_noop("This is not a mail address. Write it like duty@example.org."),
        gettext_noop("No connection to this platform is set up. Act there by hand, and write down what you did."),
        gettext_noop(
            "No trial call with this number went to you in the last hour. Read it again, or call yourself again."
        ),
        gettext_noop(
            "No pager has been tested in the last 30 days. "
            "Sign in, open Calls in the console, press Call me on trial, and type back the number that arrives."
        ),
        gettext_noop("No pager knows how to reach you. Set your address for one first."),
        gettext_noop(
            "The first page names nobody who can come in an emergency. Call those who can come in an emergency, "
            "and list them with the date in portal.json in the data folder."
        ),
        gettext_noop(
            "The first page does not say when people answer. Write the hours into portal.json in the data folder."
        ),
        gettext_noop("Nobody has shown yet that this account is theirs. Check it in one of the ways listed."),
        gettext_noop("Nobody has taken this case yet. Take it first."),
        gettext_noop("Nobody here would be able to read this. Name at least one person or team that may."),
        gettext_noop("None of your pagers answered. Check your addresses, then try again."),
        gettext_noop("Fewer than three of these wait, and that is no flood. Take each and assess it by itself."),
        gettext_noop("Some of these may be in imminent danger, so only a lead lowers them together. Ask a lead."),
        gettext_noop("None of these cases is above that severity. Choose a lower one."),
        gettext_noop("Choose a file first. An empty file is none."),
        gettext_noop("Nothing more is kept for this case. What was sent stays as it came, for whom the law names."),
        gettext_noop("Nothing of this can be undone now."),
        gettext_noop("This platform gives us no copies. Keep a screenshot or words in place of one."),
        gettext_noop(
            "Nothing of this case is shown or copied. Tell the body that the law names; leave the files as they are."
        ),
        gettext_noop("Other pictures are being made safe to look at. Try again in a minute."),
        gettext_noop("Read first what this costs. The page shows it again now; then order it there."),
        gettext_noop("Ask the reporter first whether this may go to the general queue. The case page leads there."),
        gettext_noop("Choose at least one part of the report."),
        gettext_noop(
            "Nobody has agreed that this goes to the general queue. Ask in the conversation, and wait for the yes."
        ),
        gettext_noop("This is not what the page showed. Look at it again, then hand it over."),
        gettext_noop("This was handed over already. It cannot be asked for again."),
        gettext_noop("This was handed over already. Write to us if you want it taken back."),
        gettext_noop("The law makes us keep what came with this message for now, sealed. Nobody looks at it."),
        gettext_noop(
            "This service names no body to hand it to. Ask whoever runs it to set SAFECONDUCT_CHILD_PROTECTION."
        ),
        gettext_noop("Write the reference that the body gave you, or how it was told."),
        gettext_noop("Write to the reporter what you ask, in their language."),
        gettext_noop(
            "The file could not be kept or read. Check the data folder's free space and rights, then try again."
        ),
        gettext_noop("The picture could not be made safe to look at. Nothing of it was shown."),
        gettext_noop("There is no pager of this name. Choose one of those set up."),
        gettext_noop(
            "These words would show that somebody wrote to us, or whom we protect. Say only which rule applies."
        ),
        gettext_noop("This cannot be done with the case as it stands. Take it first, or ask whoever has taken it."),
        gettext_noop("This case cannot go to this colleague. Choose one of those listed."),
        gettext_noop("This case has not been decided yet. Decide it first."),
        gettext_noop("This case is closed and stays closed."),
        gettext_noop("This case is decided or closed already, so its reports stay with it."),
        gettext_noop("This case is decided. It can only be closed."),
        gettext_noop(
            "This colleague is to stay out of this case, by the reporter's wish or their own. Choose somebody else."
        ),
        gettext_noop("This goes to the general queue only when it was decided so. Decide the case first."),
        gettext_noop("This is not a picture we can redraw. Download it and open it elsewhere."),
        gettext_noop("This is still being carried out. Look again in a minute."),
        gettext_noop("This is the same case. Choose another to link it to."),
        gettext_noop("This lock does not end by itself. There is nothing to confirm."),
        gettext_noop("This picture unpacks to more than we open. Download it and open it elsewhere."),
        gettext_noop("This proof is not on record. Ask for it, or check in another way."),
        gettext_noop("Undoing gives access back, so a person must check first. Ask for it here."),
        gettext_noop("Write how you checked that this account is theirs, then order again."),
        gettext_noop("Write in one sentence how the platform contributed."),
        gettext_noop("Write something, or add a file."),
        gettext_noop("Write to the reporter what was decided and why."),
        gettext_noop("Write why this case is less urgent than it was."),
        gettext_noop("No case has been closed since the last period, so there is nothing to publish."),
        gettext_noop("Some weeks of this period do not open with your keys. Ask another lead to close it."),
        gettext_noop(
            "Ten or fewer cases closed in this period, so nothing of it can be shown. Take more months together."
        ),
        gettext_noop("This is not what the page showed. Look at it again, then publish."),
        gettext_noop("This period is not over. Figures appear only of what lies behind us: choose an earlier month."),
        gettext_noop("You can open no case of this number. Read it again."),
    }
)

SENTENCES: Final = frozenset().union(
    OF_CASES,
    DEMAND_SENTENCES,
    IDENTITY_SENTENCES,
    KEEPING_SENTENCES,
    REMEDY_SENTENCES,
    SAFETY_SENTENCES,
)
