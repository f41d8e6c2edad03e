"""How a period is called."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext

from safeconduct.domains.transparency.rules import Month, Period


def period_words(period: Period) -> str:
    """Return a period in words: October 2026, or October 2026 to December 2026."""
    first, last = _month(period.first), _month(period.last)
    return first if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def _month(month: Month) -> str:
    return formats.date_format(date(month.year, month.number, 1), "F Y")
