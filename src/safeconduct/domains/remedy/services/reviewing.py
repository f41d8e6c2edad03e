"""A reviewer's work on an appeal, and the appellant's side of its conversation."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.rules import check_waiting
from safeconduct.domains.remedy.models import Appeal, AppealFile, AppealLetter
from safeconduct.domains.remedy.papers import LETTER, Letter
from safeconduct.domains.remedy.queries.reach import appeal_for_reviewer, reachable_appeals, review_desk
from safeconduct.domains.remedy.rules import Stage, check_message, check_somebody
from safeconduct.domains.remedy.services.rewrapping import reviewers_of, wrap_to
from safeconduct.domains.remedy.services.telling import check_words_to_acted_on, tell_partner
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring, Opened, SealedFile
from safeconduct.vault import services as vault
from safeconduct.vault.papers import kept_files, size_of


@transaction.atomic
def take_appeal(appeal_id: UUID, desk: Desk) -> None:
    """Take an appeal to decide it. Only somebody who has had no hand in the case can."""
    appeal = appeal_for_reviewer(appeal_id, desk, lock=True)
    if appeal.stage != Stage.WAITING.value:
        raise Refused("appeal.taken", "Somebody has taken this appeal already, or it is decided.")
    appeal.stage, appeal.reviewer = Stage.TAKEN.value, desk.member_id
    appeal.save(update_fields=["stage", "reviewer"])
    audit.record(desk.actor, "appeal.taken", appeal.id)


@transaction.atomic
def step_back(appeal_id: UUID, desk: Desk) -> None:
    """Give an appeal back, and never open it again. Refused when nobody else could decide it."""
    appeal = appeal_for_reviewer(appeal_id, desk, lock=True)
    _check_undecided(appeal)
    staying = [each for each in reviewers_of(appeal.file, desk.ring) if each.id != desk.recipient.id]
    check_somebody([each.id for each in staying])
    wrap_to(appeal, staying, desk.ring, desk.actor)
    if appeal.reviewer == desk.member_id:
        appeal.stage, appeal.reviewer = Stage.WAITING.value, None
        appeal.save(update_fields=["stage", "reviewer"])
    audit.record(desk.actor, "appeal.stepped-back", appeal.id)


@transaction.atomic
def write_as_reviewer(appeal_id: UUID, text: str, desk: Desk, *, key: UUID) -> UUID:
    """Write to whoever appeals, under one's own name."""
    appeal = appeal_for_reviewer(appeal_id, desk, lock=True)
    if appeal.reviewer != desk.member_id:
        raise Refused("appeal.not-yours", "Take this appeal first. Then you write under your own name.")
    inside = review_desk(appeal, desk)
    if appeal.report_id is None:
        check_words_to_acted_on(appeal, text, inside)
    tell_partner(appeal, vault.open_one(appeal.envelope, ring=desk.ring, why="write in an appeal"), inside)
    return _write(appeal, text, desk.ring, desk.actor, name=desk.display_name, key=key)


@transaction.atomic
def write_as_appellant(
    appeal_id: UUID, text: str, *, ring: Keyring, key: UUID, files: Sequence[SealedFile] = ()
) -> UUID:
    """Add to one's own appeal. The same ``key`` twice is one message."""
    if ring.actor.kind is ActorKind.MEMBER:
        raise NotAllowed
    appeal = reachable_appeals(ring).select_for_update().filter(pk=appeal_id).first()
    if appeal is None:
        raise NotAllowed
    return _write(appeal, text, ring, ring.actor, name="", key=key, files=files)


def _write(
    appeal: Appeal,
    text: str,
    ring: Keyring,
    by: Actor,
    *,
    name: str,
    key: UUID,
    files: Sequence[SealedFile] = (),
) -> UUID:
    already = AppealLetter.objects.filter(pk=key).first()
    if already is not None:
        if already.appeal_id != appeal.id:
            raise NotAllowed
        return key
    _check_undecided(appeal)
    if not files:
        check_message(text)
    opened = vault.open_one(appeal.envelope, ring=ring, why="write in an appeal")
    check_waiting(_waiting_bytes(appeal, opened) if files else 0, sum(file.size_bytes for file in files))
    put_letter(appeal, Letter(name, text, clock.this_minute(), kept_files(tuple(files))), opened, key=key)
    AppealFile.objects.bulk_create(AppealFile(id=each.id, letter_id=key) for each in files)
    audit.record(by, "appeal.written-to", appeal.id)
    return key


def _waiting_bytes(appeal: Appeal, opened: Opened) -> int:
    """Return how many bytes of files came since a reviewer wrote here last."""
    waiting = 0
    for row in appeal.letters.order_by("-ordinal"):
        letter = LETTER.read(row.sealed, opened, row.id)
        if letter.by_name:
            return waiting
        waiting += size_of(letter.files)
    return waiting


def put_letter(appeal: Appeal, letter: Letter, opened: Opened, *, key: UUID) -> None:
    """Seal a letter into an appeal."""
    last = appeal.letters.aggregate(last=Max("ordinal"))["last"] or 0
    row = AppealLetter(id=key, appeal=appeal, ordinal=last + 1, at=letter.at)
    row.sealed = LETTER.seal(letter, opened, key)
    row.save(force_insert=True)


def _check_undecided(appeal: Appeal) -> None:
    if appeal.stage == Stage.DECIDED.value:
        raise Refused("appeal.decided", "This appeal is decided. Something new needs a new appeal.")
