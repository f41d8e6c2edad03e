"""In which time zone a page says its times: the reader's own, else the deployment's, and how it is called.

Django's own zone stays UTC: it would also move where days begin for the database, and days are kept by UTC.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safeconduct.accounts.values import Desk
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.zones import zone_named
from safeconduct.web.language import page_locale

Answer = Callable[[HttpRequest], HttpResponseBase]

_here: ContextVar[ZoneInfo | None] = ContextVar("zone", default=None)


def here() -> ZoneInfo:
    """Return the zone of this page."""
    zone: ZoneInfo = _here.get() or settings.PAGE_ZONE
    return zone


@contextmanager
def told_in(zone: ZoneInfo | None) -> Iterator[None]:
    """Say times in a zone inside the block; None means the deployment's."""
    token = _here.set(zone)
    try:
        yield
    finally:
        _here.reset(token)


class ZoneMiddleware:
    """Says times to members in their own zone, and to everybody else in the deployment's."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's zone."""
        with told_in(_chosen_by(getattr(request, "desk", None))):
            return self._get_response(request)


def _chosen_by(desk: Desk | None) -> ZoneInfo | None:
    if desk is None or not desk.time_zone:
        return None
    try:
        return zone_named(desk.time_zone)
    except Refused:
        # The zone database of a later machine may no longer have it; the page then says which zone it speaks in.
        return None


def local(moment: datetime) -> datetime:
    """Return a moment as the clocks of this page's zone show it."""
    return moment.astimezone(here())


def day_here(moment: datetime) -> date:
    """Return the day on which a moment falls for this page's reader."""
    return local(moment).date()


def hour(moment: datetime) -> str:
    """Return a time of day; where clocks were put back and it comes twice, with how far it is from UTC."""
    shown = local(moment)
    plain = shown.strftime("%H:%M")
    return f"{plain} ({_offset(shown)})" if _comes_twice(shown) else plain


def hour_and_zone(moment: datetime) -> str:
    """Return a time of day that stands alone, with its zone named."""
    return _("%(hour)s %(zone)s") % {"hour": hour(moment), "zone": zone_words()}


def zone_words() -> str:
    """Name this page's zone as it stands after a time: UTC, or Nairobi time."""
    if is_utc(here()):
        return pgettext("after a time", "UTC")
    return pgettext("after a time", "%(city)s time") % {"city": city_of(here())}


def is_utc(zone: ZoneInfo) -> bool:
    """Say whether a zone is UTC under one of its names."""
    return zone.key in {"UTC", "Etc/UTC"}


def city_of(zone: ZoneInfo) -> str:
    """Name the city by which a zone is known, in the page's language."""
    return get_timezone_location(zone, locale=page_locale(), return_city=True)


def _comes_twice(shown: datetime) -> bool:
    # The two differ also for a time that is skipped in spring, but no moment is ever shown as one.
    return shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()


def _offset(shown: datetime) -> str:
    away = shown.utcoffset() or timedelta()
    hours, minutes = divmod(abs(away) // timedelta(minutes=1), 60)
    return f"UTC{'−' if away < timedelta() else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")
