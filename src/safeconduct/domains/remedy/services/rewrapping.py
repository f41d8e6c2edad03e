"""Keeping what reviewers can open with those who may decide now: some joined, left, got a new key, or had a hand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from safeconduct.accounts import following
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.remedy.models import Appeal, ReviewFile
from safeconduct.domains.remedy.papers import LEFT
from safeconduct.domains.remedy.queries.hands import Hands
from safeconduct.domains.remedy.queries.reach import opened_file, reachable_appeals, reachable_files
from safeconduct.domains.remedy.queries.reviewers import (
    chosen_from,
    in_slices,
    is_fresh_for,
    present,
    present_reviewers,
    reviewers_for,
)
from safeconduct.domains.remedy.rules import Stage
from safeconduct.kernel.actors import Actor
from safeconduct.vault import Keyring, Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

# Somebody waits at the door while this is done. The next one who signs in goes on.
A_FEW = 20


def rewrap_reviews(desk: Desk) -> int:
    """Wrap what this reviewer can open to whoever may decide it now; return how many changed."""
    if not desk.may(Role.APPEAL_REVIEWER):
        return 0
    reviewers = present_reviewers()
    appeals = _follow(_appeals_to_follow(desk, reviewers), _rewrap_appeal, desk, reviewers)
    return appeals + _follow(_files_to_follow(desk, reviewers), _rewrap_file, desk, reviewers)


def _follow(rows: Iterable[UUID], rewrap: Callable[[UUID, Desk, str], bool], desk: Desk, reviewers: str) -> int:
    return following.one_by_one("appeals", rows, lambda row: rewrap(row, desk, reviewers), at_most=A_FEW)


def _appeals_to_follow(desk: Desk, reviewers: str) -> Iterator[UUID]:
    among = present()
    found = (
        reachable_appeals(desk.ring).exclude(stage=Stage.DECIDED.value).select_related("file").order_by("due_at", "id")
    )
    for some in in_slices(found):
        hands = Hands(each.case_id for each in some)
        now = chosen_from(some, reviewers, hands)
        yield from (
            each.id
            for each in some
            if each.chosen_from != now[each.id] and is_fresh_for(each, desk.member_id, among=among, hands=hands)
        )


def _files_to_follow(desk: Desk, reviewers: str) -> Iterator[UUID]:
    # A file under appeal goes with its appeal, and not before.
    under_appeal = Appeal.objects.exclude(stage=Stage.DECIDED.value).filter(file=OuterRef("pk"))
    found = reachable_files(desk.ring).exclude(chosen_from=reviewers).exclude(Exists(under_appeal))
    yield from [*found.order_by("-made_at", "id").values_list("id", flat=True)]


@transaction.atomic
def _rewrap_appeal(appeal_id: UUID, desk: Desk, reviewers: str) -> bool:
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    if appeal.stage == Stage.DECIDED.value or not is_fresh_for(appeal, desk.member_id):
        return False
    wanted = reviewers_of(appeal.file, desk.ring)
    taker = [desk.recipient] if appeal.reviewer == desk.member_id else []
    changed = bool(wanted or taker) and wrap_to(appeal, [*wanted, *taker], desk.ring, desk.actor)
    appeal.chosen_from = chosen_from([appeal], reviewers, Hands([appeal.case_id]))[appeal.id]
    appeal.save(update_fields=["chosen_from"])
    return changed


@transaction.atomic
def _rewrap_file(file_id: UUID, desk: Desk, reviewers: str) -> bool:
    """Let newcomers open a case that may be appealed against later, and take the key from those who may not."""
    file = ReviewFile.objects.select_for_update().get(pk=file_id)
    if file.appeals.exclude(stage=Stage.DECIDED.value).exists():
        return False
    wanted = reviewers_of(file, desk.ring)
    file.chosen_from = reviewers
    file.save(update_fields=["chosen_from"])
    # Where nobody may, whoever holds it keeps it until somebody may: a key that nobody holds is lost for ever.
    return bool(wanted) and _wrap_one(file.envelope, wanted, desk.ring, desk.actor)


def reviewers_of(file: ReviewFile, ring: Keyring) -> tuple[Recipient, ...]:
    """Return who may decide now what a review file opens, without whom its reporters excluded."""
    left = LEFT.read(file.sealed, opened_file(file, ring), file.id)
    return reviewers_for(file.case_id, left)


def wrap_to(appeal: Appeal, reviewers: Sequence[Recipient], ring: Keyring, by: Actor) -> bool:
    """Let these reviewers read the appeal and its case's review file, and nobody else of ours."""
    both = [_wrap_one(envelope, reviewers, ring, by) for envelope in appeal.envelopes]
    return any(both)


def _wrap_one(envelope: UUID, reviewers: Sequence[Recipient], ring: Keyring, by: Actor) -> bool:
    now = {each for each in vault_queries.recipients_of(envelope) if not Recipient(each, b"").is_blind}
    wanted = {each.id for each in reviewers}
    if now == wanted:
        return False
    added = [each for each in reviewers if each.id not in now]
    vault.rewrap(envelope, ring=ring, add=added, drop=now - wanted, by=by)
    return True
