"""Deciding an appeal: with reasons, carried out on the platform, read back, and told to whoever appealed."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.queries import handed_on, hands, review
from safeconduct.domains.cases.services import reviewed
from safeconduct.domains.cases.values import Decision
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.papers import OUTCOME, Outcome
from safeconduct.domains.remedy.queries.reach import appeal_for_reviewer, review_desk
from safeconduct.domains.remedy.rules import Conclusion, Stage, check_conclusion
from safeconduct.domains.remedy.services.counting import decided
from safeconduct.domains.remedy.services.telling import check_words_to_acted_on, tell_partner
from safeconduct.domains.remedy.values import Ruling
from safeconduct.domains.safety import queries as safety_queries
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Proof, StepStatus
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel import clock, events
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Opened, confiding
from safeconduct.vault import services as vault

_OVER = frozenset({StepStatus.DONE_AND_CHECKED, StepStatus.UNDONE})


@transaction.atomic
def decide_appeal(appeal_id: UUID, ruling: Ruling, desk: Desk) -> None:
    """Decide an appeal. What it changes is ordered in the same act, and is a fact only once it is read back."""
    appeal = appeal_for_reviewer(appeal_id, desk, lock=True)
    if appeal.stage != Stage.TAKEN.value or appeal.reviewer != desk.member_id:
        raise Refused("appeal.not-yours", "Take this appeal first. An appeal is decided once, by whoever took it.")
    check_conclusion(
        ruling.conclusion, words=ruling.words, has_reason=ruling.reason is not None, undoes=len(ruling.undo)
    )
    inside = review_desk(appeal, desk)
    handed_on.check_opens(appeal.case_id, inside.ring)
    if appeal.report_id is None:
        check_words_to_acted_on(appeal, ruling.words, inside)
        check_words_to_each_side(ruling)
    now = clock.this_minute()
    appeal.decided_at = now
    # Told before it is carried out: a case that goes back is nobody's to read.
    fact = decided(appeal, ruling.conclusion, desk, inside)
    undone = _carry_out(appeal, ruling, inside)
    opened = vault.open_one(appeal.envelope, ring=desk.ring, why="decide an appeal")
    outcome = Outcome(ruling.conclusion, ruling.words, desk.display_name, now, undone)
    appeal.stage, appeal.conclusion = Stage.DECIDED.value, ruling.conclusion.value
    _keep(appeal, outcome, opened)
    facts = confiding.under(opened, conclusion=ruling.conclusion.value)
    audit.record(desk.actor, "appeal.decided", appeal.id, facts=facts)
    tell_partner(appeal, opened, inside)
    transaction.on_commit(partial(events.announce, fact))


def check_words_to_each_side(ruling: Ruling) -> None:
    """Refuse to send one side's words to the other: what the person acted on reads is not for the reporter."""
    if ruling.conclusion is Conclusion.CHANGED and not ruling.words_for_reporter.strip():
        raise Refused("appeal.without-words-for-reporter", "Write to the reporter too. They read only these words.")


def _carry_out(appeal: Appeal, ruling: Ruling, inside: Desk) -> tuple[UUID, ...]:
    if ruling.conclusion is Conclusion.RETURNED:
        # Whoever worked on it before stays out: it is to be looked at afresh.
        reviewed.return_for_work(appeal.case_id, inside, without=hands.hands_on(appeal.case_id))
    if ruling.conclusion is not Conclusion.CHANGED or ruling.reason is None:
        return ()
    decision = Decision(ruling.reason, ruling.evidence, ruling.words_for_reporter or ruling.words)
    reviewed.decide_again(appeal.case_id, decision, inside)
    return tuple(_undo(appeal, each, ruling.words, inside) for each in ruling.undo)


def _undo(appeal: Appeal, bundle_id: UUID, why: str, inside: Desk) -> UUID:
    for subject, envelope, bundle in _bundles(appeal, inside):
        if bundle.id == bundle_id:
            return safety.order_undo(
                bundle_id,
                case_id=subject,
                envelope=envelope,
                proofs=[Proof.RESPONDER_CHECK],
                reason=why,
                by=inside.actor,
            )
    raise NotAllowed


def _bundles(appeal: Appeal, inside: Desk) -> list[tuple[UUID, Opened, BundleView]]:
    """Return the orders this appeal may undo, each with what it belongs to and is sealed to.

    What was done to the person who appeals, or for them, and never for anybody else: an attacker's appeal would
    unlock the account they are after.
    """
    case = review.case_under_review(appeal.case_id, inside.ring)
    return [*(_restraints(case, inside) if appeal.report_id is None else _ordered(appeal.report_id, case, inside))]


def _restraints(case: review.ReviewedCase, inside: Desk) -> Iterator[tuple[UUID, Opened, BundleView]]:
    if work := review.work_file_under_review(case.id, inside.ring):
        yield from ((case.id, work, bundle) for bundle in case.restraints)


def _ordered(report_id: UUID, case: review.ReviewedCase, inside: Desk) -> Iterator[tuple[UUID, Opened, BundleView]]:
    for view in (each for each in case.conversations if each.report_id == report_id):
        opened = vault.open_one(view.conversation, ring=inside.ring, why="carry out an appeal")
        yield from (
            (report_id, opened, bundle) for bundle in safety_queries.bundles_for(report_id, {view.conversation: opened})
        )


@transaction.atomic
def confirm_carried_out(appeal_id: UUID, desk: Desk) -> None:
    """Tell whoever appealed that it is done: refused until the platform itself was read back."""
    appeal = appeal_for_reviewer(appeal_id, desk, lock=True)
    if appeal.reviewer != desk.member_id or not appeal.sealed_outcome:
        raise NotAllowed
    opened = vault.open_one(appeal.envelope, ring=desk.ring, why="carry out an appeal")
    outcome = OUTCOME.read(appeal.sealed_outcome, opened, appeal.id)
    orders = {bundle.id: bundle for _, _, bundle in _bundles(appeal, review_desk(appeal, desk))}
    steps = [step for each in outcome.undone for step in orders[each].steps]
    if not steps or any(step.status not in _OVER for step in steps):
        sentence = "The platform has not confirmed all of it yet. Look again in a minute; if it stays so, act by hand."
        raise Refused("appeal.not-read-back", sentence)
    seen = max((step.read_back_at for step in steps if step.read_back_at), default=clock.now())
    _keep(appeal, replace(outcome, read_back_at=seen), opened)
    audit.record(desk.actor, "appeal.carried-out", appeal.id)


def _keep(appeal: Appeal, outcome: Outcome, opened: Opened) -> None:
    appeal.sealed_outcome = OUTCOME.seal(outcome, opened, appeal.id)
    appeal.save(update_fields=["stage", "conclusion", "decided_at", "sealed_outcome"])
