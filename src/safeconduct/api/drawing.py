"""Turns what cases shows into the papers of HTTP v1, each with its proof."""

import json
from uuid import UUID

import structlog

from safeconduct.api import papers
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Clock
from safeconduct.domains.cases.values import Receipt
from safeconduct.domains.cases.views import ConversationView, DecisionView, MessageView, PartnerRow
from safeconduct.domains.partners.views import Program
from safeconduct.domains.safety.views import BundleView, StepView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable

log = structlog.get_logger()


def proof(report_id: UUID, program: Program, *, older: str | None = None) -> papers.Proof:
    """Return the proof of a report's clock."""
    bundle = cases.clock_proof(report_id, program.ring, older=older)
    return papers.Proof.model_validate(json.loads(bundle.as_json()))


def proof_if_any(report_id: UUID, program: Program) -> papers.Proof | None:
    """Return the proof, or nothing while the record cannot sign: safety never waits for a signature."""
    try:
        return proof(report_id, program)
    except Unavailable as fault:
        log.warning("api.no-proof", code=fault.code)
        return None


def filed(receipt: Receipt, program: Program) -> papers.Filed:
    """Return what was filed."""
    return papers.Filed(
        id=receipt.report_id,
        number=receipt.number,
        severity=receipt.severity,
        received_at=receipt.received_at,
        reply_due=receipt.reply_due,
        settle_due=receipt.settle_due,
        code=list(receipt.code.lines),
        first=receipt.first,
        proof=proof_if_any(receipt.report_id, program),
    )


def row(each: PartnerRow, program: Program) -> papers.Report:
    """Return one line of the list."""
    return papers.Report(
        id=each.report_id,
        number=each.number,
        reference=each.reference,
        stage=each.stage,
        severity=each.severity,
        outcome=each.outcome,
        received_at=each.received_at,
        language=each.language,
        happened=list(each.happened),
        clocks=[_clock(one) for one in each.clocks],
        proof=proof_if_any(each.report_id, program),
    )


def whole(view: ConversationView, program: Program) -> papers.WholeReport:
    """Return one report whole."""
    return papers.WholeReport(
        id=view.report_id,
        number=view.number,
        reference=view.reference,
        stage=view.stage,
        severity=view.severity,
        outcome=view.outcome,
        received_at=view.received_at,
        language=view.language,
        happened=list(view.answers.happened),
        clocks=[_clock(one) for one in view.clocks],
        proof=proof_if_any(view.report_id, program),
        decision=_decision(view.decision) if view.decision else None,
        acts=[_act(each) for each in view.acts],
        may_write=view.may_write,
        who_can_read=[str(reader) for reader in view.who_can_read if str(reader)],
    )


def message(each: MessageView) -> papers.Message:
    """Return one message."""
    files = [papers.FileName(name=one.name, kind=one.kind, size_bytes=one.size_bytes) for one in each.files]
    return papers.Message(
        id=each.id,
        at=each.at,
        sender=each.sender,
        sender_name=each.sender_name,
        text=each.text,
        files=files,
        forgotten=each.forgotten,
    )


def _clock(one: Clock) -> papers.Clock:
    return papers.Clock(
        kind=one.kind, started_at=one.started_at, due_at=one.due_at, kept_at=one.kept_at, late=one.late(clock.now())
    )


def _decision(made: DecisionView) -> papers.Decided:
    return papers.Decided(outcome=made.outcome, reason=made.reason, words=made.words, decided_at=made.decided_at)


def _act(view: BundleView) -> papers.Act:
    return papers.Act(
        platform=view.account.platform,
        handle=view.account.handle,
        bundle=view.bundle,
        ordered_at=view.ordered_at,
        finished=view.finished,
        steps=[_step(step) for step in view.steps],
    )


def _step(step: StepView) -> papers.Step:
    return papers.Step(
        act=step.act,
        status=step.status,
        done_at=step.done_at,
        read_back_at=step.read_back_at,
        changed=_english(step.changed),
        still_open=_english(step.still_open),
        undo_until=step.undo_until,
        why=str(step.why) if step.why else "",
    )


def _english(sentences: tuple[Sentence, ...]) -> list[str]:
    return [str(sentence) for sentence in sentences]
