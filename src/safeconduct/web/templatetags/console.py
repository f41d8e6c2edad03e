"""The signs of the console: severity, clock and stage, each drawn as shape, word and colour together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.kernel import clock

register = template.Library()

CLOCK_START, CLOCK_PROMISE, CLOCK_END = 2.0, 90.0, 108.0
STAGE_STOPS = (4, 25, 46, 67, 88)
LAMP_RADIUS = 5
HOUR, DAY = 60, 24 * 60


@register.filter
def span(length: timedelta) -> str:
    """Say how long in the shortest plain words: ``42 min``, ``3 h 40``, ``2 days``."""
    minutes = max(0, int(abs(length).total_seconds() // 60))
    if minutes < HOUR:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < DAY:
        return _("%(hours)d h %(minutes)02d") % {"hours": minutes // HOUR, "minutes": minutes % HOUR}
    days = minutes // DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@register.filter
def at(moment: datetime | None) -> str:
    """Say when: the time alone today, else the date with it. The page says the zone once, in its top bar."""
    if moment is None:
        return ""
    if moment.date() == clock.now().date():
        return date_format(moment, "H:i")
    return date_format(moment, "j M H:i")


@register.filter
def iso(moment: datetime) -> str:
    """Write a moment for programs."""
    return moment.isoformat(timespec="minutes")


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


@register.simple_tag
def clock_of(started_at: datetime, due_at: datetime) -> DrawnClock:
    """Return the geometry of a running clock as of now."""
    return drawn_clock(started_at, due_at, clock.now())


@register.inclusion_tag("console/pieces/stage.html")
def stage_line(number: int, word: str) -> dict[str, Any]:
    """Draw the five-stop line with the lamp on stop ``number`` (1 to 5) and the word under it."""
    here = STAGE_STOPS[number - 1]
    return {
        "number": number,
        "word": word,
        "passed": [str(x) for x in STAGE_STOPS[: number - 1]],
        "coming": [str(x) for x in STAGE_STOPS[number:]],
        "here": str(here),
        "lamp": str(min(max(here, LAMP_RADIUS + 1), 92 - LAMP_RADIUS - 1)),
        "first": number == 1,
        "last": number == len(STAGE_STOPS),
    }


@register.inclusion_tag("console/pieces/severity.html")
def severity_sign(code: str, word: str) -> dict[str, str]:
    """Draw a severity: ``code`` is P0 to P3, and code and word always stand together."""
    return {"sign": code.lower(), "shade": f"s{code[-1]}", "code": code, "word": word}


@register.filter
def fingerprint(digest: str) -> str:
    """Write a fingerprint as people compare it: the first two groups of four and the last."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


@register.filter
def groups_of_four(digest: str) -> str:
    """Write a whole fingerprint in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


@register.filter
def language_name(code: str) -> str:
    """Name a language in the page's own language; a code nobody knows stays as it is."""
    try:
        return str(translation.get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def direction_of(code: str) -> str:
    """Say which way a language is written; unknown languages decide by their first letter."""
    try:
        return "rtl" if translation.get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"


@register.filter
def words_in(text: str) -> int:
    """Count words, so that a veil can say how much is behind it."""
    return len(text.split())
