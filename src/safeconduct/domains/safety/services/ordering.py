"""Ordering a bundle, confirming its lock, undoing it: decided here, sealed to the worker, done by ``carry_out``."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record as audit_record
from safeconduct.connectors.port import UNDONE_BY, AccountRef, ActKind
from safeconduct.domains.safety import queries, rules
from safeconduct.domains.safety.models import BundleOrder
from safeconduct.domains.safety.records import ASKED, Asked, Parcel, Record, StepRecord
from safeconduct.domains.safety.rules import Bundle, Leave, Proof, StepStatus, WhoElse
from safeconduct.domains.safety.sealing import new_record_key, place_of, seal_parcel, seal_record
from safeconduct.domains.safety.sentences import NEEDS_SECOND_PROOF
from safeconduct.domains.safety.services.costs import check_shown
from safeconduct.domains.safety.services.proofs import claim
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Opened, confiding


@transaction.atomic
def order_bundle(
    *,
    case_id: UUID,
    envelope: Opened,
    account: AccountRef,
    bundle: Bundle,
    proofs: Collection[Proof],
    who_else_sees: WhoElse,
    reason: str,
    cost_shown: str,
    by: Actor,
    key: UUID | None = None,
    language: str = "en",
    takes_two: bool = False,
) -> UUID:
    """Order a bundle whose cost was shown and for which a proof stands. The same ``key`` again is the same order.

    ``takes_two`` says that one colleague's check is not enough: alone it carries only what ends by itself.
    """
    if key and already_ordered(key, case_id, envelope):
        return key
    by_code = check_shown(cost_shown, bundle=bundle, account=account)
    given = claim(
        case_id,
        envelope=envelope,
        account=account,
        bundle=bundle,
        claimed=proofs,
        reason=reason,
        by=by,
        alone=takes_two,
    )
    leave = rules.what_may_be_done({proof.kind for proof in given}, who_else_sees, rules.part_of(by))
    rules.check_leave(leave, bundle)
    if rules.needs_second(given, takes_two=takes_two):
        leave = rules.what_one_may_do(leave)
        rules.check_second(leave, bundle, by_code=by_code)
    rules.check_lapsing(leave, by_code=by_code)
    now = clock.now()
    until = now + rules.LAPSES_AFTER if leave.lapses else None
    asked = Asked(account, bundle, given, who_else_sees, reason, at=now, until=until)
    return place_order(key or new_id(), case_id, envelope, asked, _steps(bundle, leave), by=by, language=language)


@transaction.atomic
def confirm_lock(
    bundle_id: UUID,
    *,
    case_id: UUID,
    envelope: Opened,
    proofs: Collection[Proof],
    reason: str,
    by: Actor,
    key: UUID | None = None,
) -> UUID:
    """Order that a lock which a code allowed stays until it is undone: a stronger proof has come."""
    if key and already_ordered(key, case_id, envelope):
        return key
    first = _bundle(bundle_id, case_id, envelope)
    if first.lapses_at is None:
        raise Refused("lock.not-lapsing", "This lock does not end by itself. There is nothing to confirm.")
    given = claim(
        case_id,
        envelope=envelope,
        account=first.account,
        bundle=first.bundle,
        claimed=proofs,
        reason=reason,
        by=by,
    )
    if (
        rules.needs_second(given, takes_two=False)
        or not rules.confirms_lock(given)
        or rules.part_of(by) is rules.By.PARTNER
    ):
        raise Refused(
            "proof.too-weak", "A second proof is needed: a contact set earlier, a partner, or a person's check."
        )
    asked = Asked(first.account, first.bundle, given, first.who_else_sees, reason, at=clock.now(), confirms=bundle_id)
    return place_order(key or new_id(), case_id, envelope, asked, [StepRecord(ActKind.ACCOUNT_LOCK)], by=by)


@transaction.atomic
def order_undo(
    bundle_id: UUID,
    *,
    case_id: UUID,
    envelope: Opened,
    proofs: Collection[Proof],
    reason: str,
    by: Actor,
    key: UUID | None = None,
) -> UUID:
    """Order that everything reversible of a bundle is undone. It gives access back, so a code alone is not enough.

    A restraint is lifted by a person with a reason: nobody's account is given back to anybody.
    """
    if key and already_ordered(key, case_id, envelope):
        return key
    first = _bundle(bundle_id, case_id, envelope)
    given: tuple[rules.GivenProof, ...] = ()
    if first.bundle is Bundle.RESTRAIN:
        rules.check_undo_of_restraint(rules.part_of(by), reason)
    else:
        given = claim(
            case_id,
            envelope=envelope,
            account=first.account,
            bundle=first.bundle,
            claimed=proofs,
            reason=reason,
            by=by,
        )
        given = rules.given_for_undo(given, proofs, rules.part_of(by))
        _check_proven_for_undo(given, by)
    steps = _undo_steps(first)
    if not steps:
        raise Refused("undo.nothing", "Nothing of this can be undone now.")
    asked = Asked(
        first.account,
        first.bundle,
        given,
        first.who_else_sees,
        reason,
        at=clock.now(),
        undoes=bundle_id,
        item=first.item,
    )
    return place_order(key or new_id(), case_id, envelope, asked, steps, by=by)


def _check_proven_for_undo(given: Collection[rules.GivenProof], by: Actor) -> None:
    if rules.part_of(by) is rules.By.PERSON and not given:
        sentence = "A check made for locking does not count for unlocking. Tick how you know that they want it back."
        raise Refused("undo.no-proof", sentence)
    if not rules.may_undo({proof.kind for proof in given}, rules.part_of(by)):
        raise Refused("proof.too-weak", "Undoing gives access back, so a person must check first. Ask for it here.")


def _steps(bundle: Bundle, leave: Leave) -> list[StepRecord]:
    steps = [StepRecord(act) for act in rules.STEPS[bundle]]
    for step in steps:
        if step.act not in leave.acts and step.act is not ActKind.NOTICE_SEND:
            step.settle(StepStatus.HELD, NEEDS_SECOND_PROOF)
    # A notice that others would read is not held back for later: it is never sent.
    return [step for step in steps if step.act is not ActKind.NOTICE_SEND or step.act in leave.acts]


def _undo_steps(first: BundleView) -> list[StepRecord]:
    # In reverse: what was closed first opens last.
    return [StepRecord(UNDONE_BY[step.act]) for step in reversed(first.steps) if queries.is_undoable(step)]


def place_order(
    order_id: UUID,
    case_id: UUID,
    envelope: Opened,
    asked: Asked,
    steps: Iterable[StepRecord],
    *,
    by: Actor,
    language: str = "en",
    protected: Collection[AccountRef] = (),
) -> UUID:
    """Seal an order to its case and to the worker, and write down that it was given."""
    record_key = new_record_key()
    parcel = Parcel(
        record_key=record_key.hex(),
        account=asked.account,
        bundle=asked.bundle,
        part=rules.part_of(by),
        language=language,
        at=asked.at,
        until=asked.until,
        undoing=asked.undoes is not None,
        confirms=asked.confirms,
        item=asked.item,
        protected=tuple(protected),
    )
    outbox_key_id, sealed_parcel = seal_parcel(parcel)
    minute = asked.at.replace(second=0, microsecond=0)
    BundleOrder.objects.create(
        id=order_id,
        case_id=case_id,
        envelope_id=envelope.id,
        ordered_at=minute,
        lapses_at=minute + rules.LAPSES_AFTER if asked.until and asked.bundle is not Bundle.RESTRAIN else None,
        outbox_key_id=outbox_key_id,
        sealed_parcel=sealed_parcel,
        sealed_order=envelope.seal(ASKED.dump_json(asked), place_of("bundleorder", order_id, "sealed_order")),
        sealed_record_key=envelope.seal(record_key, place_of("bundleorder", order_id, "sealed_record_key")),
        sealed_record=seal_record(Record([*steps]), key=record_key, order_id=order_id, revision=0),
    )
    audit_record(by, _word(asked), case_id, facts=confiding.under(envelope, order=str(order_id)))
    return order_id


def _word(asked: Asked) -> str:
    if asked.undoes:
        return "account.undo-ordered"
    return "account.lock-confirmed" if asked.confirms else "account.act-ordered"


def already_ordered(key: UUID, case_id: UUID, envelope: Opened) -> bool:
    """Answer whether this very order was given before; ``NotAllowed`` when its key was used elsewhere."""
    row = BundleOrder.objects.filter(pk=key).values_list("case_id", "envelope_id").first()
    if row is not None and row != (case_id, envelope.id):
        raise NotAllowed
    return row is not None


def _bundle(bundle_id: UUID, case_id: UUID, envelope: Opened) -> BundleView:
    # Locked, so that two people undoing at once do not order it twice over.
    if (
        not BundleOrder.objects.select_for_update()
        .filter(pk=bundle_id, case_id=case_id, envelope_id=envelope.id)
        .exists()
    ):
        raise NotAllowed
    views = queries.bundles_for(case_id, {envelope.id: envelope})
    return next(view for view in views if view.id == bundle_id)
