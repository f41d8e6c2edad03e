"""The time zones somebody can choose from: by part of the world, then by country, each with the time it is there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.zones import zone_named
from safeconduct.web import zones
from safeconduct.web.choices import Words
from safeconduct.web.language import page_locale

# The first word of a zone's name; the islands of two oceans stand together, as few live there.
PARTS: dict[str, Words] = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("The Americas"),
    "Asia": gettext_lazy("Asia"),
    "Europe": gettext_lazy("Europe"),
    "Australia": gettext_lazy("Australia"),
    "Pacific": gettext_lazy("The Pacific"),
    "Atlantic": gettext_lazy("Islands of the Atlantic and the Indian Ocean"),
    "Indian": gettext_lazy("Islands of the Atlantic and the Indian Ocean"),
    "Arctic": gettext_lazy("The Arctic and the Antarctic"),
    "Antarctica": gettext_lazy("The Arctic and the Antarctic"),
}


@dataclass(frozen=True)
class Choice:
    """One zone to choose, in words: Kenya, Nairobi: 13:47."""

    name: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A part of the world with its zones, in the order of their words."""

    name: str
    zones: tuple[Choice, ...]


def grouped(chosen: str) -> list[Group]:
    """Return every zone by part of the world; ``chosen`` is the one somebody has, in whatever list it once stood."""
    found: dict[str, list[Choice]] = defaultdict(list)
    for name, country in {chosen: "", **get_global("zone_territories")}.items():
        part = PARTS.get(name.partition("/")[0])
        if part is not None:
            found[str(part)] += _offered(name, country, chosen=name == chosen)
    found = {part: sorted(choices, key=lambda one: one.words) for part, choices in found.items()}
    return [Group(part, tuple(found[part])) for part in dict.fromkeys(map(str, PARTS.values())) if part in found]


def of_the_deployment() -> str:
    """Say what it means to choose none: the service's own zone, with the time it is there."""
    with zones.told_in(settings.PAGE_ZONE):
        return _("Not chosen: %(time)s") % {"time": zones.hour_and_zone(clock.now())}


def of_everybody() -> str:
    """Say the time that is the same everywhere, for whoever wants no place's."""
    return f"UTC: {clock.now():%H:%M}"


def _offered(name: str, country: str, *, chosen: bool) -> Iterator[Choice]:
    try:
        zone = zone_named(name)
    except Refused:
        return
    yield Choice(name, _words(zone, country), chosen)


def _words(zone: ZoneInfo, country: str) -> str:
    named = page_locale().territories.get(country, country)
    place = _(", ").join(filter(None, (named, zones.city_of(zone))))
    return f"{place}: {clock.now().astimezone(zone):%H:%M}"
