"""The promises on a case: a person replies, and the harm is stopped or refused with reasons. They pause for nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from safeconduct.domains.cases.rules.severity import Severity
from safeconduct.domains.cases.rules.stages import Stage


class ClockKind(StrEnum):
    """Which promise: the first reply, an answer to a later message, or the end of the harm."""

    REPLY = "reply"
    ANSWER = "answer"
    SETTLE = "settle"


@dataclass(frozen=True)
class Limits:
    """How long a promise of each kind may take."""

    reply: timedelta
    settle: timedelta

    def of(self, kind: ClockKind) -> timedelta:
        """Return the limit for one kind. A later message is answered as fast as the first."""
        return self.settle if kind is ClockKind.SETTLE else self.reply


LIMITS = {
    Severity.P0: Limits(reply=timedelta(minutes=15), settle=timedelta(hours=1)),
    Severity.P1: Limits(reply=timedelta(hours=2), settle=timedelta(hours=24)),
    Severity.P2: Limits(reply=timedelta(hours=24), settle=timedelta(hours=72)),
    Severity.P3: Limits(reply=timedelta(hours=72), settle=timedelta(days=7)),
}


@dataclass(frozen=True)
class Clock:
    """One promise on a case. ``kept_at`` is None while it runs."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    kept_at: datetime | None = None

    @property
    def kept(self) -> bool | None:
        """Return whether the promise was kept in time; None while it runs."""
        return None if self.kept_at is None else self.kept_at <= self.due_at

    def late(self, now: datetime) -> bool:
        """Return whether it was, or is by now, missed."""
        return (self.kept_at or now) > self.due_at


@dataclass(frozen=True)
class Next:
    """The promise that falls due first. A case that owes nothing has none."""

    kind: ClockKind
    due_at: datetime


def first_due(severity: Severity, kind: ClockKind, started_at: datetime) -> datetime:
    """Return when a promise that starts now falls due."""
    return started_at + LIMITS[severity].of(kind)


def due_when_raised(due_at: datetime, severity: Severity, kind: ClockKind, raised_at: datetime) -> datetime:
    """Return the new due time after a case became more urgent: never later than it was promised before."""
    return min(due_at, raised_at + LIMITS[severity].of(kind))


def due_when_lowered(due_at: datetime, severity: Severity, kind: ClockKind, started_at: datetime) -> datetime:
    """Return the new due time after a person lowered a case, counted from when the promise began."""
    return max(due_at, started_at + LIMITS[severity].of(kind))


def next_due(clocks: Iterable[Clock]) -> Next | None:
    """Return the running promise that falls due first."""
    running = [clock for clock in clocks if clock.kept_at is None]
    first = min(running, key=lambda clock: clock.due_at, default=None)
    return None if first is None else Next(first.kind, first.due_at)


class Rank(IntEnum):
    """Where a case stands in the queue before its severity is looked at."""

    OWES = 0
    OWES_NOTHING = 1
    CLOSED = 2


def rank_of(stage: Stage, following: Next | None) -> Rank:
    """Return a case's rank. What owes nothing comes after what does, however severe it was."""
    if stage is Stage.CLOSED:
        return Rank.CLOSED
    return Rank.OWES_NOTHING if following is None else Rank.OWES


def to_the_day(moment: datetime) -> datetime:
    """Return the day alone: all that stays in clear once a case is closed."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
