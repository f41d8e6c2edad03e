"""The pure decisions of the room. No Django, no clock, no vault."""

from safeconduct.domains.remedy.rules.appeals import (
    Asks,
    Finding,
    Lane,
    Side,
    Stage,
    Urgency,
    check_again,
    check_finding,
    check_window,
    check_words,
    lane_of,
    last_moment,
)
from safeconduct.domains.remedy.rules.remedies import Remedy, check_promise, check_proof, due_on
from safeconduct.domains.remedy.rules.reviewers import (
    NOBODY,
    Named,
    check_somebody,
    fresh_among,
    without_second_eyes,
)
from safeconduct.domains.remedy.rules.statements import (
    Automated,
    Ground,
    Restriction,
    Said,
    check_said,
    check_tells_nothing,
)
from safeconduct.domains.remedy.rules.working_time import EVERY_DAY, Week, due

__all__ = [
    "EVERY_DAY",
    "NOBODY",
    "Asks",
    "Automated",
    "Finding",
    "Ground",
    "Lane",
    "Named",
    "Remedy",
    "Restriction",
    "Said",
    "Side",
    "Stage",
    "Urgency",
    "Week",
    "check_again",
    "check_finding",
    "check_promise",
    "check_proof",
    "check_said",
    "check_somebody",
    "check_tells_nothing",
    "check_window",
    "check_words",
    "due",
    "due_on",
    "fresh_among",
    "lane_of",
    "last_moment",
    "without_second_eyes",
]
