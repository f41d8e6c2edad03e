"""Working time: an appeal's clock runs only while somebody is there to decide it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from safeconduct.domains.remedy.rules.appeals import Lane

DAY = timedelta(days=1)
LONGEST_WEEKS = 60
SHORTEST_DAY_MINUTES = 60


@dataclass(frozen=True)
class Week:
    """On which days reviewers work, and from when to when, in UTC. Monday is 0."""

    days: frozenset[int] = frozenset(range(7))
    begins: time = time(8)
    ends: time = time(16)

    def __post_init__(self) -> None:
        """Refuse a week so short that its clocks would never end, and hours that are not in UTC."""
        if self.begins.tzinfo or self.ends.tzinfo:
            raise ValueError("Write the working hours in UTC, as 08:00.")
        if not self.days or _minutes(self.ends) - _minutes(self.begins) < SHORTEST_DAY_MINUTES:
            raise ValueError("A working week has a day, and each day of it at least an hour.")


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


EVERY_DAY = Week()
# With eight hours a day these are one working day and three.
WORKING = {Lane.EXPEDITED: timedelta(hours=8), Lane.USUAL: timedelta(hours=24)}


def due(lane: Lane, filed_at: datetime, week: Week) -> datetime:
    """Return when an appeal is to be decided."""
    left = WORKING[lane]
    for begins, ends in _shifts(filed_at, week):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    raise AssertionError("a week that has a working hour ends every clock")


def _shifts(start: datetime, week: Week) -> Iterator[tuple[datetime, datetime]]:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    for each in range(7 * LONGEST_WEEKS):
        day = midnight + each * DAY
        begins, ends = (_at(day, moment) for moment in (week.begins, week.ends))
        if day.weekday() in week.days and ends > start:
            yield max(begins, start), ends


def _at(day: datetime, moment: time) -> datetime:
    return day.replace(hour=moment.hour, minute=moment.minute)
