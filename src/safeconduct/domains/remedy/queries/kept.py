"""What was kept of a decided case for its reviewers: the lock of a report, and who can open the file."""

from collections.abc import Collection
from uuid import UUID

from safeconduct.domains.remedy.models import ReviewFile, ReviewLock
from safeconduct.domains.remedy.papers import place_of_lock
from safeconduct.vault import Keyring, Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault


def inner_lock_for(report_id: UUID, conversation: UUID, ring: Keyring) -> tuple[ReviewFile, bytes] | None:
    """Open the outer lock that was kept for a report when it was last decided, if there is one."""
    kept = ReviewLock.objects.select_related("file").filter(report_id=report_id)
    lock = kept.order_by("decision", "file__made_at", "id").last()
    if lock is None:
        return None
    opened = vault.open_one(conversation, ring=ring, why="appeal")
    return lock.file, opened.read(bytes(lock.sealed), place_of_lock(lock.id))


def readers_among(file: ReviewFile, reviewers: Collection[Recipient]) -> tuple[Recipient, ...]:
    """Return those of the reviewers who can open a review file as it is wrapped now."""
    wrapped = vault_queries.recipients_of(file.envelope)
    return tuple(each for each in reviewers if each.id in wrapped)
