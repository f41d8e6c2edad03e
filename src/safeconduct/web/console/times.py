"""Time as the console says and draws it: spans in words, moments by the day, a clock whose promise is a tick."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_skeleton
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.kernel import clock
from safeconduct.web import zones
from safeconduct.web.language import page_locale

CLOCK_START, CLOCK_PROMISE, CLOCK_END = 2.0, 90.0, 108.0
LAMP_RADIUS = 5
HOUR, DAY = 60, 24 * 60
DAYS_IN_A_WEEK = 7


def span(length: timedelta) -> str:
    """Say how long in the shortest plain words: ``42 min``, ``3 h 40``, ``2 days``."""
    minutes = max(0, int(abs(length).total_seconds() // 60))
    if minutes == 0:
        return _("under 1 min")
    if minutes < HOUR:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < DAY:
        return _("%(hours)d h %(minutes)02d") % {"hours": minutes // HOUR, "minutes": minutes % HOUR}
    days = minutes // DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def at(moment: datetime | None) -> str:
    """Say when: the time alone today, else the date with it. The page says the zone once, in its top bar."""
    if moment is None:
        return ""
    day = zones.day_here(moment)
    hour = zones.hour(moment)
    return hour if day == zones.day_here(clock.now()) else f"{_day(day)} {hour}"


def on(moment: datetime) -> str:
    """Say when something falls due in as little as a narrow column takes: the time today, then the day."""
    day, today = zones.day_here(moment), zones.day_here(clock.now())
    if day == today:
        return zones.hour(moment)
    within_a_week = 0 < (day - today).days < DAYS_IN_A_WEEK
    return format_date(day, "EEE", locale=page_locale()) if within_a_week else _day(day)


def _day(day: date) -> str:
    # Babel's skeletons want a moment; one in no zone is not moved.
    return str(format_skeleton("MMMd", datetime.combine(day, time()), locale=page_locale()))


@dataclass(frozen=True)
class DrawnClock:
    """Where the lamp stands on a clock whose promise is a tick: past the tick means late."""

    lamp: str
    promise: str
    end: str


def drawn_clock(started_at: datetime, due_at: datetime, now: datetime) -> DrawnClock:
    """Return the clock's geometry; the time past a promise is drawn to the same scale, up to the edge."""
    whole = max((due_at - started_at).total_seconds(), 60.0)
    gone = max((now - started_at).total_seconds(), 0.0)
    x = CLOCK_START + LAMP_RADIUS + (CLOCK_PROMISE - CLOCK_START - LAMP_RADIUS) * gone / whole
    return DrawnClock(lamp=f"{min(x, CLOCK_END - 2):.1f}", promise=f"{CLOCK_PROMISE:.0f}", end=f"{CLOCK_END + 2:.0f}")
