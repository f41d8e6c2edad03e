"""Whom to wake, and when: before a promise is missed, when it is, and the 60/90/120-minute ladder of imminent harm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from safeconduct.domains.cases.rules.clocks import LIMITS, Clock, ClockKind
from safeconduct.domains.cases.rules.severity import Severity


class Step(StrEnum):
    """Why a page goes out. The page itself never says."""

    ARRIVED = "arrived"
    REPLY_NEAR = "reply-near"
    REPLY_MISSED = "reply-missed"
    SETTLE_NEAR = "settle-near"
    SETTLE_MISSED = "settle-missed"
    SIXTY = "sixty"
    NINETY = "ninety"
    HUNDRED_AND_TWENTY = "hundred-and-twenty"


class Audience(StrEnum):
    """Whom a rung wakes, always among those who can open the case."""

    HOLDER = "holder"  # who has taken it; everyone while nobody has
    LEADS = "leads"
    EVERYONE = "everyone"


@dataclass(frozen=True)
class Rung:
    """One step that has come due."""

    step: Step
    audience: Audience
    due_at: datetime


_LADDER = (
    (Step.SIXTY, timedelta(minutes=60), Audience.LEADS),
    (Step.NINETY, timedelta(minutes=90), Audience.EVERYONE),
    (Step.HUNDRED_AND_TWENTY, timedelta(minutes=120), Audience.EVERYONE),
)
# When its rungs come, for pages that say so beforehand.
LADDER = tuple(after for _step, after, _whom in _LADDER)
_NEAR = {ClockKind.REPLY: Step.REPLY_NEAR, ClockKind.ANSWER: Step.REPLY_NEAR, ClockKind.SETTLE: Step.SETTLE_NEAR}
_MISSED = {
    ClockKind.REPLY: Step.REPLY_MISSED,
    ClockKind.ANSWER: Step.REPLY_MISSED,
    ClockKind.SETTLE: Step.SETTLE_MISSED,
}


def rungs_of(severity: Severity, clocks: Iterable[Clock], *, imminent_since: datetime | None) -> list[Rung]:
    """Return every rung of a case as it stands, past and to come, earliest first.

    ``imminent_since`` is when somebody said that harm is imminent: its ladder runs until a person has written since.
    """
    rungs = [rung for clock in clocks if clock.kept_at is None for rung in _around(clock, severity)]
    if severity is Severity.P0 and imminent_since is not None:
        rungs.append(Rung(Step.ARRIVED, Audience.EVERYONE, imminent_since))
        rungs += [Rung(step, audience, imminent_since + after) for step, after, audience in _LADDER]
    return sorted(rungs, key=lambda rung: rung.due_at)


def rungs_due(
    severity: Severity, clocks: Iterable[Clock], *, imminent_since: datetime | None, now: datetime
) -> list[Rung]:
    """Return the rungs that have come due by ``now``, earliest first."""
    return [rung for rung in rungs_of(severity, clocks, imminent_since=imminent_since) if rung.due_at <= now]


def next_rung_at(
    severity: Severity, clocks: Iterable[Clock], *, imminent_since: datetime | None, after: datetime | None
) -> datetime | None:
    """Return when the first rung later than ``after`` comes due; with None, the first of all."""
    rungs = rungs_of(severity, clocks, imminent_since=imminent_since)
    return next((rung.due_at for rung in rungs if after is None or rung.due_at > after), None)


def _around(clock: Clock, severity: Severity) -> list[Rung]:
    # The last third of the time, so that whoever wakes still has time to keep the promise.
    warning = LIMITS[severity].of(clock.kind) / 3
    return [
        Rung(_NEAR[clock.kind], Audience.HOLDER, clock.due_at - warning),
        Rung(_MISSED[clock.kind], Audience.LEADS, clock.due_at),
    ]


def say_again_after(severity: Severity) -> timedelta:
    """Return how long a page waits for its acknowledgement before it is repeated."""
    return timedelta(minutes=5) if severity is Severity.P0 else timedelta(minutes=20)
