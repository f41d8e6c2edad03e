"""What becomes of a member's rows and keys when they are put out, or when their way in is closed."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.accounts import keys, pins
from safeconduct.accounts.models import KeyPair, Member, ProviderLink, RosterEntry, TeamKeyShare
from safeconduct.accounts.services.sessions import end_sessions_of
from safeconduct.accounts.services.supersession import announce_superseded
from safeconduct.kernel import clock


def put_out(member: Member) -> None:
    """End everything with which somebody could come in or read, and bar their signed entry."""
    # First of all that follows the commit: nothing else that fails then leaves them a custodian.
    _bar_old_entry(member.id)
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
    put_out_of_force(KeyPair.objects.filter(member=member, superseded_at__isnull=True))


def close_way_in(member: Member) -> None:
    """Let words and second factor open nothing any more; what they could read stays where it is."""
    end_sessions_of(member.id)
    member.sealed_second_factor, member.verifier, member.confirmed_at = b"", b"", None
    member.save(update_fields=["sealed_second_factor", "verifier", "confirmed_at"])
    member.passkeys.all().delete()


def put_out_of_force(live: "QuerySet[KeyPair]") -> None:
    """Let these keys be used for nothing new."""
    announce_superseded(live)
    keys.supersede(live)


def _bar_old_entry(member_id: UUID) -> None:
    """Raise the oldest revision that counts, so that the signed entry cannot be put back into the database.

    Should the pins not be written, the rest is done all the same; doctor tells, and a round writes them.
    """
    barred = revision_past(member_id)
    RosterEntry.objects.filter(subject=member_id).delete()
    if barred or member_id in pins.kept_pins().custodians:
        transaction.on_commit(lambda: pins.bar(member_id, barred), robust=True)


def revision_past(member_id: UUID) -> int:
    """Return the first revision that was never signed of somebody; nought of whom nothing was."""
    entry = RosterEntry.objects.filter(subject=member_id).first()
    return entry.revision + 1 if entry else 0
