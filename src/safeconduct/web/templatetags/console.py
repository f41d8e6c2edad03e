"""The signs of the console: severity, clock and stage, each drawn as shape, word and colour together."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils.translation import gettext as _

from safeconduct.connectors import registry
from safeconduct.domains.cases.rules import ClockKind, Severity, Stage
from safeconduct.domains.cases.views import CaseView, QueueRow
from safeconduct.domains.remedy.rules import last_day
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.web import askings as asked
from safeconduct.web import zones
from safeconduct.web.console.lifted import HasId, Lifted
from safeconduct.web.console.times import LAMP_RADIUS, DrawnClock, at, drawn_clock, on, span
from safeconduct.web.console.words import ENTRY, words_for, written_line
from safeconduct.web.language import page_locale
from safeconduct.web.templatetags.safeconduct import said

register = template.Library()

STAGE_STOPS = (4, 25, 46, 67, 88)
METER_LENGTH = 208


register.filter("say", said)
register.filter(span)
register.filter(at)
register.filter(on)
register.filter(zones.hour)
register.filter(zones.hour_and_zone)
register.filter(last_day)


@register.filter
def iso(moment: datetime) -> str:
    """Write a moment for programs."""
    return moment.isoformat(timespec="minutes")


@register.simple_tag
def clock_of(started_at: datetime, due_at: datetime) -> DrawnClock:
    """Return the geometry of a running clock as of now."""
    return drawn_clock(started_at, due_at, clock.now())


@register.inclusion_tag("console/pieces/stage.html")
def stage_line(stage: Stage) -> dict[str, Any]:
    """Draw the five-stop line with the lamp on the stage, and its word under it."""
    number = list(Stage).index(stage) + 1
    here = STAGE_STOPS[number - 1]
    return {
        "number": number,
        "word": words_for(stage),
        "passed": [str(x) for x in STAGE_STOPS[: number - 1]],
        "coming": [str(x) for x in STAGE_STOPS[number:]],
        "here": str(here),
        "lamp": str(min(max(here, LAMP_RADIUS + 1), 92 - LAMP_RADIUS - 1)),
        "first": number == 1,
        "last": number == len(STAGE_STOPS),
    }


@register.inclusion_tag("console/pieces/severity.html")
def severity_sign(severity: Severity) -> dict[str, str]:
    """Draw a severity: shape, code and word always stand together."""
    code = severity.value
    return {"sign": code.lower(), "shade": f"s{code[-1]}", "code": code, "word": words_for(severity)}


@register.filter
def fingerprint(digest: str) -> str:
    """Write a fingerprint as people compare it: the first two groups of four and the last."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


@register.filter
def groups_of_four(digest: str) -> str:
    """Write a whole fingerprint in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


@register.filter
def along(share: float) -> str:
    """Return how far a meter is filled, in the units of its drawing."""
    return f"{min(share, 1.0) * METER_LENGTH:.0f}"


@register.filter
def place(index: int) -> str:
    """Write a place in the log, however long, in digits of three, as the page's language groups them."""
    return str(format_decimal(index, locale=page_locale()))


@register.filter
def language_name(code: str) -> str:
    """Name a language in the page's own language; a code nobody knows stays as it is."""
    return str(page_locale().languages.get(code, code))


@register.filter
def country_name(code: str) -> str:
    """Name a country in the page's own language; a code nobody knows stays as it is."""
    return str(page_locale().territories.get(code.upper(), code))


@register.filter
def word_count(text: str) -> int:
    """Count words, so that a veil can say how much is behind it."""
    return len(text.split())


@register.filter
def words(value: Enum) -> str:
    """Say a value of one of our closed sets as staff call it."""
    return words_for(value)


@register.filter
def asking_words(stage: asked.Stage) -> str:
    """Say how far an asking for somebody's name is."""
    return str(asked.ASKING[stage])


@register.filter
def listed(values: Iterable[Enum]) -> str:
    """Say several values one after the other, with the comma of the page's language."""
    return _(", ").join(words_for(value) for value in values)


@register.filter
def entry_words(kind: str) -> str:
    """Say what an entry of the work file is; a plain note needs no words."""
    return str(ENTRY.get(kind, ""))


@register.filter
def from_now(moment: datetime) -> str:
    """Say how far a moment is from now, in either direction."""
    return span(moment - clock.now())


@register.filter
def promise(kind: str) -> str:
    """Say what is owed: to reply, to answer, to settle."""
    return words_for(ClockKind(kind)) if kind else ""


@register.filter
def platform_name(platform: str) -> str:
    """Name a platform as people read it; one that is not connected keeps the name the reporter gave it."""
    try:
        return registry.connector_for(platform).name
    except Unavailable:
        return platform


PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@register.filter
def in_one_line(case: QueueRow | CaseView) -> str:
    """Say a case in a colleague's words, or in the rule's own, which the page's language has too."""
    return written_line(case) or listed(case.happened) or _("Not said what happened")


@register.filter
def is_picture(kind: str) -> bool:
    """Say whether a file claims to be a picture we can draw anew; whether it is one, the drawing shows."""
    return kind in PICTURES


@register.filter
def shows(item: HasId, lifted: Lifted | None) -> bool:
    """Say whether the veil over this very item is lifted on this page."""
    return lifted is not None and lifted.item == item.id
