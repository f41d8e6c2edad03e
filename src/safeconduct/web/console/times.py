"""Time as the console says and draws it: spans in words, moments by the day, a clock whose promise is a tick."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.kernel import clock

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
    if moment.date() == clock.now().date():
        return date_format(moment, "H:i")
    return f"{_day(moment)} {date_format(moment, 'H:i')}"


def on(moment: datetime) -> str:
    """Say when something falls due in as little as a narrow column takes: the time today, then the day."""
    days = (moment.date() - clock.now().date()).days
    if days == 0:
        return date_format(moment, "H:i")
    return format_date(moment, "EEE", locale=page_locale()) if 0 < days < DAYS_IN_A_WEEK else _day(moment)


def page_locale() -> Locale:
    """Return the page's language as Babel knows it; plain English puts the day before the month."""
    language = translation.get_language() or "en"
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


def _day(moment: datetime) -> str:
    return str(format_skeleton("MMMd", moment, locale=page_locale()))


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
