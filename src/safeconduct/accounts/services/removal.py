"""Someone leaves: they are out at once, and their teams get keys that they never knew."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts import desks
from safeconduct.accounts.events import MemberRemoved
from safeconduct.accounts.models import Member, Team
from safeconduct.accounts.services import taken_away
from safeconduct.accounts.services.leaving import put_out
from safeconduct.accounts.services.putting_out import (
    Agreement,
    agreeing_custodian,
    check_custodians_remain,
    check_somebody_reads_on,
    record_agreement,
)
from safeconduct.accounts.services.supersession import announce_later
from safeconduct.accounts.services.teams import new_key_for_the_rest
from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import services as audit
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import owed


def remove_member(member_id: UUID, *, by: Desk, agreement: Agreement | None = None, word: str = "") -> None:
    """Put someone out and give their teams new keys, of which the lead sees nothing.

    A lead or a custodian goes only if a custodian agrees, and never the last but one whose signatures count.
    Nor does whoever alone can open something, unless the lead's ``word`` and the custodian's say that it may be lost.
    What they have read, they have read. What waits under the old keys is wrapped anew when colleagues next sign in.
    """
    by.must(Role.LEAD)
    if member_id == by.member_id:
        raise Refused("member.self", "Nobody removes themselves. Ask another lead to do it.")
    words = (word, agreement.word if agreement else "")
    _remove(member_id, by=by, agreed=agreeing_custodian(member_id, agreement, by=by), words=words)


@transaction.atomic
def _remove(member_id: UUID, *, by: Desk, agreed: Desk | None, words: tuple[str, str]) -> None:
    record_agreement(member_id, agreed)
    check_somebody_reads_on(member_id, by=by, agreed=agreed, words=words)
    check_custodians_remain(member_id)
    member = Member.objects.select_for_update().filter(id=member_id, removed_at__isnull=True).first()
    if member is None:
        raise NotAllowed
    teams = [UUID(one) for one in member.planned_teams]
    # First of what this notes: a restore puts them out before it makes keys for those who are left.
    owed.note_later(taken_away.PUT_OUT, member_id)
    put_out(member)
    for team in Team.objects.filter(id__in=teams):
        new_key_for_the_rest(team, by=desks.own_actor(by))
    audit.record(desks.own_actor(by), "member.removed", member_id)
    announce_later(MemberRemoved(member_id))
