"""What staff read of demands: one plain phrase a value, and the sentences that say no, marked for translators."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.domains.demands.papers import PieceKind
from safeconduct.domains.demands.rules import Answer, Stage, Step

DEMAND_WORDS: Mapping[type[Enum], Mapping[Any, Any]] = {
    Stage: {
        Stage.LOGGED: _("Logged"),
        Stage.PROPOSED: _("Waits for a second person"),
        Stage.APPROVED: _("Approved"),
        Stage.HANDED_OVER: _("Answered: something was handed over"),
        Stage.REFUSED: _("Refused"),
    },
    Step: {
        Step.BASIS: _("Does it name a law and an order that allow it?"),
        Step.JURISDICTION: _("Does that law bind us here?"),
        Step.SCOPE: _("Does it ask for no more than it needs?"),
        Step.CHALLENGE: _("Could it be challenged?"),
        Step.SILENCE: _("Does it forbid to tell the people concerned?"),
        Step.TELLING: _("Would telling them put nobody in danger?"),
    },
    Answer: {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNCLEAR: _("Unclear")},
    PieceKind: {
        PieceKind.REPORT: _("What the reporter first wrote"),
        PieceKind.MESSAGE: _("A message"),
        PieceKind.EVIDENCE: _("A piece of evidence"),
    },
}

DEMAND_SENTENCES: Final = frozenset(
    {
        gettext_noop("A second person must look at it: somebody who did not propose it."),
        gettext_noop("Choose piece by piece what would be handed over."),
        gettext_noop("It cannot have come after today. Correct the day."),
        gettext_noop("It forbids to tell the people concerned. Name a day after today on which you ask again."),
        gettext_noop("Nobody waits to be told of this demand."),
        gettext_noop("Nothing has left for this demand."),
        gettext_noop("Nothing leaves before a second person has approved it."),
        gettext_noop("Nothing waits for a second person here."),
        gettext_noop("Say which authority demands it, and what exactly it asks for."),
        gettext_noop(
            "Some of this changed or is gone since it was chosen. Choose again, and let the second person look."
        ),
        gettext_noop("Somebody else works on this demand. A lead can take it over."),
        gettext_noop("Take every step first, and write down on what each answer rests."),
        gettext_noop("These are more than 100 MB in one file. Choose less, or log it in parts."),
        gettext_noop("These are more than 60 pieces. A narrow reading needs fewer; else log it in parts."),
        gettext_noop("This demand was answered. If the authority writes again, log a new one."),
        gettext_noop("This is too long. Say it in fewer words; the letter itself stays with you."),
        gettext_noop(
            "What left cannot be made again: some of it changed or is gone since. Its fingerprint stays here."
        ),
        gettext_noop("Without a legal basis that binds you here, nothing leaves. Refuse the demand, in words."),
        gettext_noop("Write down the narrowest reading of it: what exactly must be handed over, and what not."),
        gettext_noop("Write the words that are sent. Nobody can guess them later."),
        gettext_noop("You cannot open every report concerned, so you cannot tell its people. A lead can take it over."),
        gettext_noop("You cannot open every case this is chosen from, so you cannot approve it. Ask another lead."),
    }
)
