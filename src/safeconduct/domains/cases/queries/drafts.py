"""A report under way, for whoever holds the nonce of its form."""

from datetime import timedelta
from uuid import UUID

from safeconduct.domains.cases.models import Draft as KeptDraft
from safeconduct.domains.cases.papers import KEPT
from safeconduct.domains.cases.values import Draft
from safeconduct.kernel import clock
from safeconduct.vault import boxes
from safeconduct.vault.labels import derived, derived_id
from safeconduct.vault.papers import sealed_files

# Whoever opened a draft in its last minute can still send it: its files outlive it by this much.
LAST_MINUTES = timedelta(minutes=15)


def draft_for(nonce: bytes) -> Draft | None:
    """Return what was last kept under this nonce, or None once its time is over."""
    draft = KeptDraft.objects.filter(pk=draft_id(nonce), ends_at__gt=clock.now() + LAST_MINUTES).first()
    if draft is None:
        return None
    place = KEPT.place(draft.id, draft.revision)
    paper = KEPT.parse(boxes.opened_under(draft_key(nonce), bytes(draft.sealed), place))
    lying = set(draft.files.values_list("id", flat=True))
    files = tuple(file for file in sealed_files(paper.files) if file.id in lying)
    gone = len(paper.files) - len(files)
    return Draft(answers=paper.answers, files=files, ends_at=draft.ends_at - LAST_MINUTES, gone=gone)


def draft_id(nonce: bytes) -> UUID:
    """Return the id under which a form's draft is kept."""
    return derived_id(nonce, "draft id")


def draft_key(nonce: bytes) -> bytes:
    """Return the key that seals a form's draft."""
    return derived(nonce, "draft key")
