"""The words of the figures: rows, questions, and what is said where a figure stays hidden."""

from collections.abc import Mapping
from typing import Final

from babel import Locale
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import Outcome
from safeconduct.domains.remedy.rules import Side
from safeconduct.domains.transparency.rules import (
    LARGEST_HIDDEN,
    OTHER_LANGUAGE,
    UNSAID,
    Dimension,
    Question,
    Region,
    Split,
)
from safeconduct.web.threats import THREATS

Words = Mapping[str, Promise]

TABLE: Final[Words] = {
    Dimension.THREAT: _("What was reported"),
    Dimension.REGION: _("Where it happened"),
    Dimension.LANGUAGE: _("In which language people wrote"),
    Dimension.OUTCOME: _("How cases ended"),
}
APPEALS_TABLE: Final[Words] = {
    Dimension.THREAT: _("Appeals, by what was reported"),
    Dimension.REGION: _("Appeals, by where it happened"),
    Dimension.LANGUAGE: _("Appeals, by language"),
    Dimension.SIDE: _("Appeals, by who appealed"),
}
MOST: Final[Words] = {
    Dimension.THREAT: _("Reported most often: %(row)s"),
    Dimension.REGION: _("Most cases came from: %(row)s"),
    Dimension.LANGUAGE: _("Most people wrote in: %(row)s"),
    Dimension.OUTCOME: _("Most cases ended so: %(row)s"),
}
COLUMN: Final[Words] = {
    Question.REPLIED: _("Replied in time"),
    Question.SETTLED: _("Stopped in time"),
    Question.SECURED: _("Account secured"),
    Question.OVERTURNED: _("Overturned"),
    Question.DECIDED: _("Decided in time"),
}
PROMISE: Final[Words] = {
    Question.REPLIED: _("A person replies in the time we promised."),
    Question.SETTLED: _("We stop the attack, or say no with reasons, in the time we promised."),
}
OUTCOME: Final[Words] = {
    Outcome.PROTECTED: _("Acted to protect"),
    Outcome.ADVISED: _("Advice, or kept on record"),
    Outcome.NO_ACTION: _("No act, with the reason"),
    Outcome.NOT_ABOUT_A_DEFENDER: _("To the platform’s general team"),
    Outcome.CHILD_ABUSE: _("Where the law sends it"),
}
SIDE: Final[Words] = {
    Side.REPORTER: _("Whoever reported it"),
    Side.PARTNER: _("A partner organisation"),
    Side.ACTED_ON: _("The person acted on"),
}
# The same regions as CLDR numbers them, so that their names come translated.
_NUMBERED: Final = {
    Region.NORTHERN_AFRICA: "015",
    Region.SUB_SAHARAN_AFRICA: "202",
    Region.NORTHERN_AMERICA: "021",
    Region.LATIN_AMERICA: "419",
    Region.CENTRAL_ASIA: "143",
    Region.EASTERN_ASIA: "030",
    Region.SOUTH_EASTERN_ASIA: "035",
    Region.SOUTHERN_ASIA: "034",
    Region.WESTERN_ASIA: "145",
    Region.EASTERN_EUROPE: "151",
    Region.NORTHERN_EUROPE: "154",
    Region.SOUTHERN_EUROPE: "039",
    Region.WESTERN_EUROPE: "155",
    Region.OCEANIA: "009",
}
_ROWS: Final[Mapping[Dimension, Words]] = {
    Dimension.THREAT: THREATS,
    Dimension.OUTCOME: OUTCOME,
    Dimension.SIDE: SIDE,
}


def row_words(dimension: Dimension, row: str) -> str:
    """Return what a row is called in the page's language."""
    locale = Locale.parse(translation.get_language() or "en", sep="-")
    if row == UNSAID:
        return gettext("Not said, or kept back")
    if row == OTHER_LANGUAGE:
        return gettext("Another language, or kept back")
    if dimension is Dimension.REGION:
        return str(locale.territories[_NUMBERED[Region(row)]])
    if dimension is Dimension.LANGUAGE:
        return str(locale.languages.get(row, row))
    return str(_ROWS[dimension][row])


def count_words(count: int) -> str:
    """Return a count with its digits grouped."""
    return formats.number_format(count, force_grouping=True)


def split_words(split: Split, cases: int) -> str:
    """Return an answer as "so many of so many", or how much of it may be said."""
    of = {"count": count_words(split.yes or 0), "all": count_words(cases), "few": count_words(LARGEST_HIDDEN)}
    if split.yes is not None:
        return gettext("%(count)s of %(all)s") % of
    if split.few == "no":
        return gettext("All but %(few)s or fewer, of %(all)s") % of
    if split.few == "yes":
        return gettext("%(few)s or fewer, of %(all)s") % of
    return gettext("not shown")


def is_telling(row: str) -> bool:
    """Answer whether a row may stand in a heading: "most said nothing" is no finding."""
    return row not in {UNSAID, OTHER_LANGUAGE}
