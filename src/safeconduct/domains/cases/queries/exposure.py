"""What a person opened lately, for that person alone: nobody can ask about somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Exposure
from safeconduct.domains.cases.rules import Advice, Spent, advice
from safeconduct.kernel import clock

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class ExposureView:
    """The reader's own hour and day, and what to suggest."""

    hour: Spent
    day: Spent
    advice: Advice


def exposure_for(desk: Desk) -> ExposureView:
    """Return how many veils the reader lifted in this hour and within a day."""
    rows = dict(Exposure.objects.filter(member=desk.member_id, hour__gte=day_began()).values_list("hour", "lifted"))
    hour = Spent(rows.get(this_hour(), 0), settings.VEILS_AN_HOUR)
    day = Spent(sum(rows.values()), settings.VEILS_A_DAY)
    return ExposureView(hour, day, advice(hour, day))


def this_hour() -> datetime:
    """Return the hour that is counted under now."""
    return clock.now().replace(minute=0, second=0, microsecond=0)


def day_began() -> datetime:
    """Return the first hour that still counts. A day is the last 24 hours: no midnight wipes out a night shift."""
    return this_hour() - DAY + timedelta(hours=1)
