"""Filing an appeal: by a reporter, a partner, or the person acted on. The first decider is never given a key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED
from safeconduct.audit import services as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.queries import handed_on
from safeconduct.domains.cases.services import reviewed
from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.remedy import operator
from safeconduct.domains.remedy.models import Appeal, KeptWaiting, ReviewFile
from safeconduct.domains.remedy.papers import TOLD, Left, Told, place_of_statement_lock
from safeconduct.domains.remedy.queries.kept import inner_lock_for, readers_among
from safeconduct.domains.remedy.queries.reviewers import reviewers_for
from safeconduct.domains.remedy.queries.subjects import (
    Subject,
    earlier_appeals,
    statement_behind,
    subject_of_report,
    subject_of_statement,
)
from safeconduct.domains.remedy.rules import (
    Lane,
    Side,
    Stage,
    check_again,
    check_somebody,
    check_window,
    check_words,
    due,
    lane_of,
)
from safeconduct.domains.remedy.services.keeping import keep_conversation
from safeconduct.domains.remedy.values import Plea, Receipt
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, EnvelopeKind, Keyring, Recipient, ReporterKey, boxes, confiding
from safeconduct.vault import services as vault


@dataclass(frozen=True)
class _Kept:
    """What opens the case for reviewers, and who among them may decide."""

    file: ReviewFile
    inner: bytes = field(repr=False)
    reviewers: tuple[Recipient, ...]


def appeal_as_reporter(report_id: UUID, plea: Plea, *, ring: Keyring, key: ReporterKey) -> Receipt:
    """Appeal against the decision on one's own report, whatever it was."""
    if ring.actor.kind is not ActorKind.REPORTER or ring.actor.id != report_id:
        raise NotAllowed
    return _appeal_on_report(report_id, plea, Side.REPORTER, ring=ring, to=(), key=key)


def appeal_as_partner(report_id: UUID, plea: Plea, *, ring: Keyring, organisation: Recipient | None) -> Receipt:
    """Appeal against the decision on a report that the partner filed. All of the organisation can read the appeal."""
    if ring.actor.kind not in {ActorKind.PARTNER_MEMBER, ActorKind.PARTNER_PROGRAM} or organisation is None:
        raise NotAllowed
    return _appeal_on_report(report_id, plea, Side.PARTNER, ring=ring, to=(organisation,), key=None)


def appeal_as_acted_on(code: CaseCode, plea: Plea, *, nonce: bytes) -> Receipt:
    """Appeal with the code that stands on a statement of reasons.

    Whoever wrote the statement has seen that code. So the appeal gets another one, which only this answer shows.
    """
    statement, text = statement_behind(code)
    subject = subject_of_statement(statement, text)
    own = CaseCode.from_nonce(nonce)
    if already := _same(plea, subject, own.reporter.recipient_id):
        return _receipt(already, own)
    _check(subject, plea, own.reporter.recipient_id)
    inner = boxes.opened_under(code.reporter.key, bytes(statement.sealed_lock), place_of_statement_lock(statement.id))
    reviewers = _those_who_may(subject, statement.file)
    if not reviewers:
        _keep_waiting(subject, Actor(ActorKind.REPORTER, statement.id))
        check_somebody(reviewers)
    kept = _Kept(statement.file, inner, reviewers)
    return _receipt(_file(subject, plea, kept, to=(), key=own.reporter, by=None), own)


def enter(code: CaseCode) -> str:
    """Return the cookie that opens the appeal of a code. Wrong codes are answered alike."""
    key = code.reporter
    found = Appeal.objects.filter(appellant=key.recipient_id, report_id__isnull=True).values_list("id", flat=True)
    appeal_id = found.first()
    if appeal_id is None:
        raise NotAllowed("code.unknown", "These numbers open nothing here. Read them again, line by line.")
    return accounts.open_way_in(appeal_id, key, operator.WAY_IN_LASTS)


def _appeal_on_report(
    report_id: UUID, plea: Plea, side: Side, *, ring: Keyring, to: Sequence[Recipient], key: ReporterKey | None
) -> Receipt:
    view = cases.conversation_for(report_id, ring)
    subject = subject_of_report(view, side)
    appellant = key.recipient_id if key else to[0].id
    if already := _same(plea, subject, appellant):
        return _receipt(already, None)
    _check(subject, plea, appellant)
    left = Left(handed_on.exclusions_of(report_id, ring))
    reviewers = reviewers_for(subject.case_id, left)
    if not reviewers:
        _keep_waiting(subject, ring.actor)
        check_somebody(reviewers)
    with transaction.atomic():
        reviewed.lock_case(view.case_id)
        kept = _kept_for(view, reviewers, ring)
        return _receipt(_file(subject, plea, kept, to=to, key=key, by=ring.actor), None)


def _same(plea: Plea, subject: Subject, appellant: UUID) -> Appeal | None:
    """Return the appeal that this very form filed before; ``NotAllowed`` when its key is somebody else's."""
    found = Appeal.objects.filter(key=plea.key).first()
    if found is not None and (found.appellant != appellant or subject.known_by not in _known_by(found)):
        raise NotAllowed
    return found


def _known_by(appeal: Appeal) -> set[UUID | None]:
    return {appeal.report_id, appeal.statement_id}


def _check(subject: Subject, plea: Plea, appellant: UUID) -> None:
    check_words(plea.words, plea.new_evidence)
    waiting = KeptWaiting.objects.filter(subject=subject.known_by).exists()
    check_window(subject.decided_at, now=clock.now(), kept_waiting=waiting)
    earlier = earlier_appeals(subject, appellant, contests=plea.contests)
    check_again(
        under_way=earlier.exclude(stage=Stage.DECIDED.value).exists(),
        decided=earlier.filter(stage=Stage.DECIDED.value).exists(),
        new_evidence=plea.new_evidence,
    )


@transaction.atomic
def _keep_waiting(subject: Subject, by: Actor) -> None:
    """Note that somebody came in time, so that their time does not run out while nobody is there to decide."""
    _, new = KeptWaiting.objects.get_or_create(subject=subject.known_by, defaults={"since": clock.this_minute()})
    if new:
        # Under an id of its own: whoever decided reads the record of the report, and must not see who appeals.
        audit.record(by, "appeal.kept-waiting", new_id())


def _kept_for(view: ConversationView, reviewers: tuple[Recipient, ...], ring: Keyring) -> _Kept:
    found = inner_lock_for(view.report_id, view.conversation, ring)
    if found is not None and (able := readers_among(found[0], reviewers)):
        return _Kept(found[0], found[1], able)
    file, inner = keep_conversation(
        view.case_id, view.report_id, view.conversation, ring=ring, by=ring.actor, reviewers=reviewers
    )
    return _Kept(file, inner, reviewers)


def _those_who_may(subject: Subject, file: ReviewFile) -> tuple[Recipient, ...]:
    """Return who can open the review file and had no hand in the case. Exclusions were obeyed when it was wrapped."""
    return readers_among(file, reviewers_for(subject.case_id, Left(NOBODY_EXCLUDED)))


def _file(
    subject: Subject,
    plea: Plea,
    kept: _Kept,
    *,
    to: Sequence[Recipient],
    key: ReporterKey | None,
    by: Actor | None,
) -> Appeal:
    try:
        with transaction.atomic():
            return _file_once(subject, plea, kept, to=to, key=key, by=by)
    except IntegrityError:
        # Another form was a moment earlier; if it was this very one, its receipt is the answer to both.
        if already := _same(plea, subject, key.recipient_id if key else to[0].id):
            return already
        check_again(under_way=True, decided=False, new_evidence="")
        raise


def _file_once(
    subject: Subject,
    plea: Plea,
    kept: _Kept,
    *,
    to: Sequence[Recipient],
    key: ReporterKey | None,
    by: Actor | None,
) -> Appeal:
    now, lane = clock.this_minute(), lane_of(plea.urgency)
    appeal = Appeal(id=new_id(), key=plea.key, case_id=subject.case_id, report_id=subject.report_id)
    appeal.statement, appeal.file, appeal.inner = subject.statement, kept.file, kept.inner
    appeal.envelope, appeal.appellant = new_id(), key.recipient_id if key else to[0].id
    appeal.contests = plea.contests and subject.statement is not None
    appeal.decision, appeal.stage, appeal.lane = subject.decision, Stage.WAITING.value, lane.value
    appeal.filed_at, appeal.due_at = now, due(lane, now, operator.week())
    by = by or Actor(ActorKind.REPORTER, appeal.id)
    opened = vault.wrap(appeal.envelope, EnvelopeKind.APPEAL, to=[*kept.reviewers, *to], reporter=key, by=by)
    told = Told(
        subject.side, plea.words, plea.new_evidence, plea.urgency, plea.language, statement=subject.statement_text
    )
    appeal.sealed = TOLD.seal(told, opened, appeal.id)
    appeal.save(force_insert=True)
    KeptWaiting.objects.filter(subject=subject.known_by).delete()
    audit.record(by, "appeal.filed", appeal.id, facts=confiding.under(opened, lane=lane.value))
    return appeal


def _receipt(appeal: Appeal, code: CaseCode | None) -> Receipt:
    return Receipt(appeal.id, Lane(appeal.lane), appeal.due_at, code)
