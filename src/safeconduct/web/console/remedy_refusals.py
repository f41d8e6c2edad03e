"""The sentences with which remedy says no to staff, marked for translators as those in ``refusals`` are."""

from typing import Final

from django.utils.translation import gettext_noop

REMEDY_SENTENCES: Final = frozenset(
    {
        gettext_noop("An appeal cannot end in this. Return the case for work instead."),
        gettext_noop("Choose what is decided instead, and why."),
        gettext_noop("Decide the case first. A remedy follows from what was decided."),
        gettext_noop("Decide the case first. Then the reasons can be given."),
        gettext_noop("Say to what it was done, on which facts it rests, and which law or rule they break."),
        gettext_noop("Say what exactly is promised. The reporter reads these words."),
        gettext_noop("Say what shows that it was done: when, by whom, where it can be seen."),
        gettext_noop("Say what was decided wrongly. A few words are enough."),
        gettext_noop("Some of these words stand in what was written to us. Say in other words what was seen there."),
        gettext_noop("Name the account on its platform, or choose to hand the statement over."),
        gettext_noop("This account belongs to whoever wrote to us. Name the other one."),
        gettext_noop("This platform puts no notice into an account. Choose to hand the statement over instead."),
        gettext_noop("Somebody has taken this appeal already, or it is decided."),
        gettext_noop("Something is undone only where the decision is changed."),
        gettext_noop("Take this appeal first. An appeal is decided once, by whoever took it."),
        gettext_noop("Take this appeal first. Then what was sent opens for you."),
        gettext_noop("Take this appeal first. Then you write under your own name."),
        gettext_noop(
            "The platform has not confirmed all of it yet. Look again in a minute; if it stays so, act by hand."
        ),
        gettext_noop("There is nothing to send yet. Write something first."),
        gettext_noop(
            "The case is open again, and others are working on it. Once they have decided you can change that "
            "decision. Write to whoever appealed that it takes longer."
        ),
        gettext_noop(
            "This review opens no report of the case, so nothing can be said or decided. Ask for another reviewer."
        ),
        gettext_noop("This appeal is decided. Something new needs a new appeal."),
        gettext_noop(
            "This form gave reasons already, in other words. Open the page anew to give others, with a new code."
        ),
        gettext_noop("This is too long. Say it in fewer words."),
        gettext_noop(
            "This names somebody we protect, or who wrote to us. Leave out the name, the handle or the number."
        ),
        gettext_noop("This was delivered already."),
        gettext_noop(
            "This would show that somebody wrote to us, or that we protect someone. Say only what was seen there."
        ),
        gettext_noop("Write to the reporter too. They read only these words."),
        gettext_noop("Write to whoever appealed what was decided and why."),
        gettext_noop(
            "You hold only what the appellant could hand you, so the case cannot be given back. Decide it here."
        ),
        gettext_noop(
            "Nobody here may decide this appeal: everyone who could has had a hand in the case. "
            "Name a reviewer from outside with the role appeal-reviewer; two custodians sign, then it can be decided."
        ),
    }
)
