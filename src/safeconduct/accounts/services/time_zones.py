"""In which time zone somebody reads times."""

from django.db import transaction

from safeconduct.accounts import desks
from safeconduct.accounts.models import Member
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.kernel.zones import zone_named


@transaction.atomic
def keep_time_zone(name: str, *, by: Desk) -> None:
    """Keep the zone in which whoever sits at this desk reads times; none means the deployment's."""
    member = Member.objects.select_for_update().get(id=by.member_id)
    if name:
        zone_named(name)

    member.time_zone = name
    member.save(update_fields=["time_zone"])

    # Where somebody is does not go into the record.
    audit.record(desks.own_actor(by), "member.time-zone-kept", member.id)
