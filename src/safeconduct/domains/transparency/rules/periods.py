"""Periods of whole months, each made of whole weeks: a week belongs to the month in which it begins."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from safeconduct.kernel.errors import NotAllowed, Refused

MONTHS = 12
_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")
NOT_OVER = "This period is not over. Figures appear only of what lies behind us: choose an earlier month."


def week_of(day: date) -> date:
    """Return the Monday that a day is counted under."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, written ``2026-10``."""

    year: int
    number: int

    @classmethod
    def of_week(cls, monday: date) -> Self:
        """Return the month that a week belongs to."""
        return cls(monday.year, monday.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the month that is written so."""
        found = _MONTH.fullmatch(text)
        if found is None:
            raise NotAllowed
        return cls(int(found[1]), int(found[2]))

    @property
    def following(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.number // MONTHS, self.number % MONTHS + 1)

    @property
    def monday(self) -> date:
        """Return the first Monday in it, with which its weeks begin."""
        first = date(self.year, self.number, 1)
        return first + timedelta(days=-first.weekday() % 7)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True)
class Period:
    """One month, or several on end."""

    first: Month
    last: Month

    @property
    def first_day(self) -> date:
        """Return the Monday it begins with."""
        return self.first.monday

    @property
    def last_day(self) -> date:
        """Return the Sunday it ends with."""
        return self.last.following.monday - timedelta(days=1)

    @property
    def key(self) -> str:
        """Return its name in addresses: ``2026-10``, or ``2026-10_2026-12``."""
        return str(self.first) if self.first == self.last else f"{self.first}_{self.last}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Return the period of an address."""
        first, _, last = key.partition("_")
        return cls(Month.parse(first), Month.parse(last or first))


def check_over(period: Period, *, today: date) -> None:
    """Refuse a period whose last week has not passed, and one that ends before it begins."""
    if period.last < period.first or today <= period.last_day:
        raise Refused("numbers.not-over", NOT_OVER)
