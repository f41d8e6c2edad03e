"""How an asking ends: what was handed over is destroyed, and nobody is called for it any more."""

from datetime import UTC, datetime, time

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.domains.defenders.models import Asking
from safeconduct.domains.defenders.rules import OPEN_STAGES, Stage, lately_from
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE

AT_ONCE = 100


def end(asking: Asking, stage: Stage) -> None:
    """End an asking; the caller records it."""
    asking.stage = stage.value
    asking.sealed_half_a = asking.sealed_half_b = b""
    asking.ended_on = clock.now().date()
    asking.save()
    asking.calls.all().delete()


def tidy_askings() -> int:
    """End the askings whose hours are over, cut older times to the day, and return how many ended. A job calls this."""
    overdue = Asking.objects.filter(stage__in=[each.value for each in OPEN_STAGES], lapses_at__lte=clock.now())
    ended = sum(_lapse(asking) for asking in [*overdue.order_by("lapses_at")[:AT_ONCE]])
    _cut_to_the_day()
    return ended


@transaction.atomic
def _lapse(found: Asking) -> int:
    asking = Asking.objects.select_for_update().filter(pk=found.pk, stage=found.stage).first()
    if asking is None:
        return 0
    end(asking, Stage.LAPSED)
    audit.record(BY_RULE, "identity.asking-lapsed", asking.identity_id)
    return 1


def _cut_to_the_day() -> None:
    # Alarms count what was asked within a day; after that only the day is anybody's to know.
    ended = Asking.objects.exclude(ended_on=None).filter(asked_at__lt=lately_from(clock.now()))
    for asking in ended.exclude(asked_at__hour=0)[:AT_ONCE]:
        day = datetime.combine(asking.asked_at.date(), time(), tzinfo=UTC)
        with transaction.atomic():
            Asking.objects.filter(pk=asking.pk).update(asked_at=day, lapses_at=day)
