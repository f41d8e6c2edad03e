"""What is counted of a closed case: one row in each table, and three questions answered yes or no."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from safeconduct.domains.cases.rules import Outcome, Threat
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
    """By what the cases of a period are told apart, one table each and never two at once."""

    THREAT = "threat"
    REGION = "region"
    LANGUAGE = "language"
    OUTCOME = "outcome"


class Question(StrEnum):
    """What is asked of every closed case."""

    REPLIED = "replied_in_time"
    SETTLED = "settled_in_time"
    SECURED = "secured"


@dataclass(frozen=True)
class Slip:
    """One closed case as it is counted. Together it could tell of whom: it is only ever sealed, or summed."""

    threat: str
    region: str
    language: str
    outcome: str
    replied_in_time: bool
    settled_in_time: bool
    secured: bool

    def row(self, dimension: Dimension) -> str:
        """Return the row it counts in."""
        return str(getattr(self, dimension.value))

    def moved(self, dimension: Dimension, row: str) -> "Slip":
        """Return it in another row of one table."""
        changes: dict[str, Any] = {dimension.value: row}
        return replace(self, **changes)

    def says(self, question: Question) -> bool:
        """Return its answer."""
        return bool(getattr(self, question.value))


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
