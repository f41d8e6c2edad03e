"""Keeping what reviewers can open with those who may decide now: some joined, left, got a new key, or had a hand."""

from collections.abc import Callable, Sequence
from uuid import UUID

import structlog
from django.db import transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.remedy.models import Appeal, ReviewFile
from safeconduct.domains.remedy.papers import LEFT
from safeconduct.domains.remedy.queries.reach import opened_file, reachable_appeals, reachable_files
from safeconduct.domains.remedy.queries.reviewers import is_fresh_for, present_reviewers, reviewers_for
from safeconduct.domains.remedy.rules import Stage
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import SafeconductError
from safeconduct.vault import Keyring, Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

AT_ONCE = 200

log = structlog.get_logger()


def rewrap_reviews(desk: Desk) -> int:
    """Wrap what this reviewer can open to whoever may decide it now; return how many changed."""
    if not desk.may(Role.APPEAL_REVIEWER):
        return 0
    open_ones = reachable_appeals(desk.ring).exclude(stage=Stage.DECIDED.value).order_by("due_at", "id")
    files = reachable_files(desk.ring).exclude(chosen_from=present_reviewers()).order_by("-made_at", "id")
    changed = [_tried(_rewrap_appeal, each, desk) for each in [*open_ones.values_list("id", flat=True)[:AT_ONCE]]]
    changed += [_tried(_rewrap_file, each, desk) for each in [*files.values_list("id", flat=True)[:AT_ONCE]]]
    return sum(changed)


def _tried(rewrap: Callable[[UUID, Desk], bool], row_id: UUID, desk: Desk) -> bool:
    """Pass over what is damaged: it must not shut the door to everyone who holds a key to it."""
    try:
        return rewrap(row_id, desk)
    except (SafeconductError, ValueError):
        log.warning("remedy.review-does-not-rewrap", row=str(row_id))
        return False


@transaction.atomic
def _rewrap_appeal(appeal_id: UUID, desk: Desk) -> bool:
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    if not is_fresh_for(appeal, desk.member_id):
        return False
    wanted = reviewers_of(appeal.file, desk.ring)
    taker = [desk.recipient] if appeal.reviewer == desk.member_id else []
    return bool(wanted or taker) and wrap_to(appeal, [*wanted, *taker], desk.ring, desk.actor)


@transaction.atomic
def _rewrap_file(file_id: UUID, desk: Desk) -> bool:
    """Let newcomers open a case that may be appealed against later, and take the key from those who may not."""
    file = ReviewFile.objects.select_for_update().get(pk=file_id)
    if file.appeals.exclude(stage=Stage.DECIDED.value).exists():
        # It goes with its appeal, and not before.
        return False
    wanted = reviewers_of(file, desk.ring)
    if not wanted:
        return False
    file.chosen_from = present_reviewers()
    file.save(update_fields=["chosen_from"])
    return _wrap_one(file.envelope, wanted, desk.ring, desk.actor)


def reviewers_of(file: ReviewFile, ring: Keyring) -> tuple[Recipient, ...]:
    """Return who may decide now what a review file opens, without whom its reporters excluded."""
    left = LEFT.read(file.sealed, opened_file(file, ring), file.id)
    return reviewers_for(file.case_id, left)


def wrap_to(appeal: Appeal, reviewers: Sequence[Recipient], ring: Keyring, by: Actor) -> bool:
    """Let these reviewers read the appeal and its case's review file, and nobody else of ours."""
    both = [_wrap_one(envelope, reviewers, ring, by) for envelope in (appeal.envelope, appeal.file.envelope)]
    return any(both)


def _wrap_one(envelope: UUID, reviewers: Sequence[Recipient], ring: Keyring, by: Actor) -> bool:
    now = {each for each in vault_queries.recipients_of(envelope) if not Recipient(each, b"").is_blind}
    wanted = {each.id for each in reviewers}
    if now == wanted:
        return False
    added = [each for each in reviewers if each.id not in now]
    vault.rewrap(envelope, ring=ring, add=added, drop=now - wanted, by=by)
    return True
