"""The pieces of LOOK that every interface draws: style addresses, times, spans, and form fields with their remarks."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.remedy.rules import last_day
from safeconduct.kernel import clock
from safeconduct.web import zones

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@register.simple_tag
def style(name: str) -> str:
    """Return the address of one of our style sheets."""
    return static(f"safeconduct/{name}")


@register.filter
def at(moment: datetime) -> SafeString:
    """Return a time with its zone, and with its day unless that is today: a page may lie open."""
    day, today = zones.day_here(moment), zones.day_here(clock.now())
    words = zones.hour_and_zone(moment)
    if (day - today).days == 1:
        words = _("%(time)s tomorrow") % {"time": words}
    elif day != today:
        shape = "j F" if day.year == today.year else "j F Y"
        words = _("%(day)s, %(time)s") % {"day": formats.date_format(day, shape), "time": words}
    return format_html('<time datetime="{}">{}</time>', moment.strftime("%Y-%m-%dT%H:%MZ"), words)


register.filter(zones.hour)
register.filter(zones.hour_and_zone)
register.filter(zones.day_here)
register.filter(last_day)


@register.filter
def after(moment: datetime, begun: datetime) -> timedelta:
    """Return how long after another moment one is: whoever counts in no zone of ours can count from now."""
    return moment - begun


@register.filter
def span(length: timedelta) -> str:
    """Return a length of time in words: 15 minutes, 2 hours, 3 days."""
    if length < HOUR:
        count = max(1, round(length / MINUTE))
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    if length <= 2 * DAY:
        count = round(length / HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = round(length / DAY)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


@register.filter
def size(size_bytes: int) -> str:
    """Return a file's size in words, never as nothing."""
    if size_bytes < 1_000_000:  # noqa: PLR2004 - a million bytes
        return _("%(count)d kB") % {"count": max(1, size_bytes // 1000)}
    return _("%(count)s MB") % {"count": formats.number_format(size_bytes / 1_000_000, 1)}


@register.filter
def said(sentence: Sentence | str | None) -> str:
    """Return a connector's or a rule's sentence in the page's language. Its values are a platform's: never trusted."""
    if isinstance(sentence, Sentence):
        words = gettext(sentence.template)
        return words % sentence.values if sentence.values else words
    return gettext(sentence) if sentence else ""


@register.inclusion_tag("components/picks.html", takes_context=True)
def picks(
    context: Mapping[str, Any],
    name: str,
    choices: Iterable[Any],
    *,
    legend: str = "",
    kind: str = "checkbox",
    hint: str = "",
) -> dict[str, Any]:
    """Draw a group of choices, each the whole width to press."""
    chosen = context.get("kept", {}).get(name, "")
    ticked = set(chosen) if isinstance(chosen, list) else {chosen}
    drawn = [{"choice": choice, "ticked": choice.value in ticked} for choice in choices]
    return {"name": name, "kind": kind, "legend": legend, "hint": hint, "drawn": drawn}


@register.inclusion_tag("components/field.html", takes_context=True)
def field(
    context: Mapping[str, Any],
    name: str,
    label: str,
    *,
    hint: str = "",
    rows: int = 0,
    direction: str = "auto",
    value: str | None = None,
    numbers: bool = False,
) -> dict[str, Any]:
    """Draw a line or, with ``rows``, an area to write in, with its hint, and its remark if there is one."""
    kept = context.get("kept", {}).get(name, "")
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "rows": rows,
        "direction": direction,
        "numbers": numbers,
        "value": kept if value is None else value,
        "remark": context.get("remark_of", {}).get(name, ""),
    }
