"""Who is woken: the benches when somebody asks, leads and custodians when somebody opens too many."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role, Standing
from safeconduct.audit import services as audit
from safeconduct.domains.defenders.models import Alarm, Asking, Call
from safeconduct.domains.defenders.queries.reach import concerns
from safeconduct.domains.defenders.rules import called_again_at, is_unusual
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import NotAllowed


def call_benches(asking: Asking) -> None:
    """Call everyone on both benches, until their bench has answered. The page says only that something waits."""
    members = {one for bench in accounts.benches().values() for one in bench.member_ids}
    Call.objects.bulk_create(Call(member=one, asking=asking, next_at=asking.asked_at) for one in sorted(members))


def called_enough(asking: Asking, members: Collection[UUID]) -> None:
    """Call nobody of a bench any more that has answered."""
    asking.calls.filter(member__in=members).delete()


def wonder_at(about: UUID, times: int, *, most: int) -> None:
    """Raise an alarm where a person or a bench opens more than usual, unless one waits to be seen already."""
    if not is_unusual(times, most) or Alarm.objects.filter(about=about, seen_by__isnull=True).exists():
        return
    alarm = Alarm.objects.create(about=about, raised_at=clock.this_minute())
    Call.objects.bulk_create(Call(member=one, alarm=alarm, next_at=alarm.raised_at) for one in _watching(about))
    audit.record(BY_RULE, "identity.unusual", about)


@transaction.atomic
def see_alarm(alarm_id: UUID, *, by: Desk) -> None:
    """Say that a person looks into an alarm. Nobody does that about themselves, nor about the bench they sit on."""
    if not (by.may(Role.LEAD) or by.may(Role.CUSTODIAN)):
        raise NotAllowed
    alarm = (
        Alarm.objects.select_for_update()
        .filter(pk=alarm_id, seen_by__isnull=True)
        .exclude(about__in=concerns(by.member_id))
    )
    found = alarm.first()
    if found is None:
        raise NotAllowed
    found.seen_by, found.seen_at = by.member_id, clock.this_minute()
    found.save(update_fields=["seen_by", "seen_at"])
    found.calls.all().delete()

    audit.record(by.actor, "identity.alarm-seen", found.about)


def send_waiting_calls(wake: Callable[[UUID], bool]) -> int:
    """Wake everyone who is called and return how many were reached. The next try is noted before the pager is asked."""
    return sum(wake(member) for member in _due())


@transaction.atomic
def _due() -> list[UUID]:
    waiting = Call.objects.select_for_update().filter(next_at__lte=clock.now())
    members = sorted({call.member for call in waiting})
    Call.objects.filter(member__in=members).update(next_at=called_again_at(clock.now()))
    return members


def _watching(about: UUID) -> list[UUID]:
    benches = [each.member_ids for each in accounts.benches().values() if each.team_id == about]
    concerned = frozenset({about}).union(*benches)
    return sorted(
        one.id
        for one in accounts.everyone()
        if one.standing is Standing.READY and one.roles & {Role.LEAD, Role.CUSTODIAN} and one.id not in concerned
    )
