"""What was ordered and what came of it, for whoever has opened the envelope it is sealed to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from safeconduct.connectors import wording
from safeconduct.connectors.port import UNDONE_BY, ActKind, Snapshot
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety import sentences
from safeconduct.domains.safety.models import BundleOrder, Evidence, OrderState
from safeconduct.domains.safety.records import ASKED, Asked, StepRecord
from safeconduct.domains.safety.rules import Bundle, StepStatus
from safeconduct.domains.safety.sealing import place_of, read_evidence, read_record
from safeconduct.domains.safety.views import BundleView, SnapshotView, StepView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Opened

__all__ = ["bundles_for", "bundles_of", "evidence_for", "has_snapshot", "is_order_of", "is_undoable", "snapshots_of"]

_IN_FORCE = frozenset({StepStatus.DONE_AND_CHECKED, StepStatus.SENT, StepStatus.NOT_CONFIRMED})
_UNDID = frozenset({StepStatus.DONE_AND_CHECKED, StepStatus.SENT})


def bundles_for(case_id: UUID, opened: Mapping[UUID, Opened]) -> list[BundleView]:
    """Return the orders of a case that these envelopes open, oldest first."""
    return bundles_of([case_id], opened)[case_id]


def bundles_of(case_ids: Collection[UUID], opened: Mapping[UUID, Opened]) -> dict[UUID, list[BundleView]]:
    """Return the orders of several cases at once, each case's oldest first."""
    found = BundleOrder.objects.filter(case_id__in=case_ids, envelope_id__in=list(opened))
    rows = [*found.order_by("ordered_at", "id").annotate(kept=Exists(Evidence.objects.filter(order=OuterRef("pk"))))]
    views: dict[UUID, list[BundleView]] = {case_id: [] for case_id in case_ids}
    for row in rows:
        views[row.case_id].append(_view(row, opened[row.envelope_id], has_snapshot=row.kept))
    return {case_id: _in_order(each) for case_id, each in views.items()}


def _in_order(views: list[BundleView]) -> list[BundleView]:
    undone = [_with_undoing(view, views) for view in sorted(views, key=lambda view: view.ordered_at)]
    return [_with_endings(view, undone[place:]) for place, view in enumerate(undone)]


def _with_endings(view: BundleView, later: Iterable[BundleView]) -> BundleView:
    """Take from what a record calls still open whatever a step of this or a later order has ended since."""
    done = {
        step.act
        for other in later
        if other.account == view.account
        for step in other.steps
        if step.status is StepStatus.DONE_AND_CHECKED
    }
    return replace(view, steps=tuple(_with_ended(step, done) for step in view.steps))


def _with_ended(step: StepView, done: Collection[ActKind]) -> StepView:
    ended = tuple(each for each in step.still_open if wording.ENDED_BY.get(each.template) in done)
    return replace(step, still_open=tuple(each for each in step.still_open if each not in ended), ended_since=ended)


def evidence_for(bundle_id: UUID, opened: Mapping[UUID, Opened]) -> Snapshot:
    """Return what the platform showed of the account before the first act of an order."""
    row = BundleOrder.objects.filter(pk=bundle_id, envelope_id__in=list(opened)).first()
    kept = Evidence.objects.filter(pk=bundle_id).first()
    if row is None or kept is None:
        raise NotAllowed
    return read_evidence(bytes(kept.sealed), key=_record_key(row, opened[row.envelope_id]), order_id=row.id)


def snapshots_of(case_ids: Collection[UUID], opened: Mapping[UUID, Opened]) -> list[SnapshotView]:
    """Return what acts on these cases kept of an account before they began, oldest first."""
    rows = Evidence.objects.filter(order__case_id__in=case_ids, order__envelope_id__in=list(opened))
    return [_snapshot(each, opened[each.order.envelope_id]) for each in rows.select_related("order").order_by("pk")]


def _snapshot(kept: Evidence, envelope: Opened) -> SnapshotView:
    place = place_of("bundleorder", kept.order.id, "sealed_order")
    asked = ASKED.validate_json(envelope.read(bytes(kept.order.sealed_order), place))
    taken = read_evidence(bytes(kept.sealed), key=_record_key(kept.order, envelope), order_id=kept.order.id)
    return SnapshotView(
        order_id=kept.order.id,
        account=asked.account,
        taken_at=taken.taken_at,
        sha256=taken.sha256,
        media_type=taken.media_type,
        size_bytes=len(taken.content),
        caution=taken.note,
        ciphertext_only=taken.ciphertext_only,
    )


def has_snapshot(order_id: UUID, case_ids: Collection[UUID]) -> bool:
    """Answer whether an order of one of these cases kept anything before it began."""
    return Evidence.objects.filter(pk=order_id, order__case_id__in=case_ids).exists()


def is_order_of(order_id: UUID, case_id: UUID) -> bool:
    """Answer whether an order belongs to this case or report."""
    return BundleOrder.objects.filter(pk=order_id, case_id=case_id).exists()


def is_undoable(step: StepView) -> bool:
    """Answer whether an act stands and has an act that reverses it."""
    return step.status in _IN_FORCE and step.act in UNDONE_BY


def _view(row: BundleOrder, envelope: Opened, *, has_snapshot: bool) -> BundleView:
    asked = ASKED.validate_json(envelope.read(bytes(row.sealed_order), place_of("bundleorder", row.id, "sealed_order")))
    key = _record_key(row, envelope)
    record = read_record(bytes(row.sealed_record), key=key, order_id=row.id, revision=row.revision)
    steps = tuple(_step(step, asked, row) for step in record.steps)
    return BundleView(
        id=row.id,
        envelope=row.envelope_id,
        account=asked.account,
        bundle=asked.bundle,
        undoes=asked.undoes,
        confirms=asked.confirms,
        proofs=tuple(dict.fromkeys(proof.kind for proof in asked.proofs)),
        who_else_sees=asked.who_else_sees,
        reason=asked.reason,
        steps=steps,
        ordered_at=asked.at,
        next_try_at=record.next_try_at,
        lapses_at=asked.until if row.lapses_at else None,
        finished=row.state in {OrderState.FINISHED.value, OrderState.LOST.value},
        can_undo=asked.undoes is None and any(is_undoable(step) for step in steps),
        has_snapshot=has_snapshot,
        item=asked.item,
        ends_at=asked.until if asked.bundle is Bundle.RESTRAIN else None,
    )


def _record_key(row: BundleOrder, envelope: Opened) -> bytes:
    return envelope.read(bytes(row.sealed_record_key), place_of("bundleorder", row.id, "sealed_record_key"))


def _step(step: StepRecord, asked: Asked, row: BundleOrder) -> StepView:
    told = step.act_record
    status, why = _status(step, row)
    done_at = (told.effective_at or told.read_back_at) if told and status in _IN_FORCE else None
    return StepView(
        act=step.act,
        status=status,
        ordered_at=asked.at,
        done_at=done_at,
        read_back_at=step.read_back_at,
        changed=told.changed if told else (),
        still_open=told.residual if told else (),
        seen_by=step.seen,
        undo_until=_undo_until(step, done_at),
        why=why,
    )


def _status(step: StepRecord, row: BundleOrder) -> tuple[StepStatus, Sentence | None]:
    if row.lapsed and step.act is ActKind.ACCOUNT_LOCK and step.status in _IN_FORCE:
        return StepStatus.LAPSED, sentences.LOCK_ENDED
    if row.state == OrderState.LOST.value and step.status is StepStatus.ORDERED:
        return StepStatus.NOT_CONFIRMED, sentences.LOST
    return step.status, step.why


def _undo_until(step: StepRecord, done_at: datetime | None) -> datetime | None:
    if done_at is None or step.act not in UNDONE_BY:
        return None
    # Where the platform names no end, it can be undone at any time: we invent none.
    return step.act_record.undo_until if step.act_record else None


def _with_undoing(view: BundleView, views: Iterable[BundleView]) -> BundleView:
    undone = {
        UNDONE_BY[step.act]
        for other in views
        if other.undoes == view.id
        for step in other.steps
        if step.status in _UNDID
    }
    if not undone:
        return view
    steps = tuple(replace(step, status=StepStatus.UNDONE) if step.act in undone else step for step in view.steps)
    return replace(view, steps=steps, can_undo=any(is_undoable(step) for step in steps))
