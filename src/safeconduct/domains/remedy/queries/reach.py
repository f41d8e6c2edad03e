"""What a ring reaches of appeals. Every read and every change starts here."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.remedy.models import Appeal, ReviewFile
from safeconduct.domains.remedy.papers import place_of_inner
from safeconduct.domains.remedy.queries.reviewers import is_fresh_for
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened, blind_id
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault


def reachable_appeals(ring: Keyring) -> "QuerySet[Appeal]":
    """Return the appeals whose own envelope this ring opens."""
    return Appeal.objects.filter(Exists(vault_queries.openable(ring).filter(envelope_id=OuterRef("envelope"))))


def reachable_files(ring: Keyring) -> "QuerySet[ReviewFile]":
    """Return the review files whose inner lock this ring opens."""
    return ReviewFile.objects.filter(Exists(vault_queries.openable(ring).filter(envelope_id=OuterRef("envelope"))))


def appeal_for_reviewer(appeal_id: UUID, desk: Desk, *, lock: bool = False) -> Appeal:
    """Return an appeal for somebody who may decide it.

    ``NotAllowed`` alike when it is missing, when this desk cannot open it, and when its person has had a hand in the
    case: holding a key is not enough.
    """
    desk.must(Role.APPEAL_REVIEWER)
    found = reachable_appeals(desk.ring)
    appeal = (found.select_for_update() if lock else found).filter(pk=appeal_id).first()
    if appeal is None or not is_fresh_for(appeal, desk.member_id):
        raise NotAllowed
    return appeal


def review_desk(appeal: Appeal, desk: Desk) -> Desk:
    """Return the desk with the one key that opens the case under appeal, and none of its own.

    So nothing that is done for a review can reach any other case.
    """
    seed = opened_file(appeal.file, desk.ring).read(bytes(appeal.inner), place_of_inner(appeal.file_id))
    return replace(desk, ring=Keyring(desk.actor, {blind_id(seed): seed}))


def opened_file(file: ReviewFile, ring: Keyring) -> Opened:
    """Open a review file's envelope, or raise ``NotAllowed``."""
    return vault.open_one(file.envelope, ring=ring, why="review a decision")
