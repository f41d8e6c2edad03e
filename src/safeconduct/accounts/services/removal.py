"""Someone leaves: they are out at once, and their teams get keys that they never knew."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.accounts import desks, keys, pins
from safeconduct.accounts.events import MemberRemoved
from safeconduct.accounts.models import KeyPair, Member, ProviderLink, RosterEntry, Team, TeamKeyShare
from safeconduct.accounts.services.putting_out import (
    Agreement,
    agreeing_custodian,
    check_custodians_remain,
    check_somebody_reads_on,
    record_agreement,
)
from safeconduct.accounts.services.sessions import end_sessions_of
from safeconduct.accounts.services.supersession import announce_later, announce_superseded
from safeconduct.accounts.services.teams import ready_members, rekey_team
from safeconduct.accounts.values import Desk, Role, TeamKind
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused


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
    _put_out(member)
    for team in Team.objects.filter(id__in=teams):
        _new_key(team, by)
    audit.record(desks.own_actor(by), "member.removed", member_id)
    announce_later(MemberRemoved(member_id))


def _new_key(team: Team, by: Desk) -> None:
    if team.kind == TeamKind.PARTNER.value and not ready_members(team):
        # An organisation may lose its last member. It gets a key again with the next.
        _put_out_of_force(KeyPair.objects.filter(team=team, superseded_at__isnull=True))
        return
    rekey_team(team.id, by=by)


def _put_out(member: Member) -> None:
    end_sessions_of(member.id)
    member.invitations.all().delete()
    member.passkeys.all().delete()
    ProviderLink.objects.filter(member=member).delete()
    TeamKeyShare.objects.filter(member=member).delete()
    member.removed_at = clock.this_minute()
    member.planned_teams = []
    member.sealed_second_factor = b""
    member.verifier = b""
    member.save()
    _bar_old_entry(member.id)
    _put_out_of_force(KeyPair.objects.filter(member=member, superseded_at__isnull=True))


def _put_out_of_force(live: QuerySet[KeyPair]) -> None:
    announce_superseded(live)
    keys.supersede(live)


def _bar_old_entry(member_id: UUID) -> None:
    """Raise the oldest revision that counts, so that the signed entry cannot be put back into the database."""
    entry = RosterEntry.objects.filter(subject=member_id).first()
    if entry is not None:
        barred = entry.revision + 1
        transaction.on_commit(lambda: pins.raise_revision(member_id, barred))
        entry.delete()
    pinned = pins.kept_pins()
    if member_id in pinned.custodians:
        transaction.on_commit(lambda: pins.retire(member_id))
