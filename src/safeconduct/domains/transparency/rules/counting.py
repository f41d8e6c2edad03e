"""What is counted: closed cases, decided appeals, ended demands; each has its rows and answers yes or no."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self

from safeconduct.domains.cases.rules import Outcome, Threat
from safeconduct.domains.remedy.rules import Side
from safeconduct.domains.transparency.rules.regions import Region

UNSAID: Final = "not-said"
OTHER_LANGUAGE: Final = "other"

# A case counts once, under the first of these that was reported: rows must sum up, or sums would give rows away.
_GRAVEST_FIRST = (
    Threat.T9,
    Threat.T5,
    Threat.T10,
    Threat.T8,
    Threat.T1,
    Threat.T12,
    Threat.T6,
    Threat.T11,
    Threat.T2,
    Threat.T3,
    Threat.T4,
    Threat.T7,
)
# A linked case goes on in another, which is the one that counts.
OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.LINKED)


class Dimension(StrEnum):
    """By what cases and appeals are told apart, one table each and never two at once. Only appeals have a side."""

    THREAT = "threat"
    REGION = "region"
    LANGUAGE = "language"
    OUTCOME = "outcome"
    SIDE = "side"


class Question(StrEnum):
    """What is asked: of every closed case, of every decided appeal, of every demand that came to an end."""

    REPLIED = "replied_in_time"
    SETTLED = "settled_in_time"
    SECURED = "secured"
    OVERTURNED = "overturned"
    DECIDED = "decided_in_time"
    HANDED_OVER = "handed_over"


OF_CASES: Final = (Question.REPLIED, Question.SETTLED, Question.SECURED)
OF_APPEALS: Final = (Question.OVERTURNED, Question.DECIDED)
OF_DEMANDS: Final = (Question.HANDED_OVER,)


@dataclass(frozen=True)
class _Counted:
    """One thing as it is counted. Together it could tell of whom: it is only ever sealed, or summed."""

    def row(self, dimension: Dimension) -> str:
        """Return the row it counts in."""
        return str(getattr(self, dimension.value))

    def moved(self, dimension: Dimension, row: str) -> Self:
        """Return it in another row of one table."""
        changes: dict[str, Any] = {dimension.value: row}
        return replace(self, **changes)

    def says(self, question: Question) -> bool:
        """Return its answer."""
        return bool(getattr(self, question.value))


@dataclass(frozen=True)
class Slip(_Counted):
    """One closed case. ``acts`` are those done on accounts and read back."""

    threat: str
    region: str
    language: str
    outcome: str
    replied_in_time: bool
    settled_in_time: bool
    secured: bool
    acts: int = 0


@dataclass(frozen=True)
class AppealSlip(_Counted):
    """One decided appeal; ``side`` is who appealed.

    ``overturned`` is whether the decision did not stand: it was changed, or the case given back.
    """

    threat: str
    region: str
    language: str
    side: str
    overturned: bool
    decided_in_time: bool


@dataclass(frozen=True)
class DemandSlip(_Counted):
    """One demand of an authority that came to an end. It has no row: such demands are few and each is known."""

    handed_over: bool


Counted = Slip | AppealSlip | DemandSlip


def gravest(threats: Collection[Threat]) -> str:
    """Return the one threat a case is counted under."""
    return next((each.value for each in _GRAVEST_FIRST if each in threats), UNSAID)


def rows_of(dimension: Dimension, languages: Sequence[str]) -> tuple[str, ...]:
    """Return every row of a table whether or not a case falls into it: a list made from cases would tell of them."""
    match dimension:
        case Dimension.THREAT:
            return (*(each.value for each in Threat), UNSAID)
        case Dimension.REGION:
            return (*(each.value for each in Region), UNSAID)
        case Dimension.LANGUAGE:
            return (*languages, OTHER_LANGUAGE)
        case Dimension.OUTCOME:
            return tuple(each.value for each in OUTCOMES)
        case Dimension.SIDE:
            return (*(each.value for each in Side), UNSAID)
