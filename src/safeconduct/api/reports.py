"""Filing a report, and reading one's own: list, report, conversation, proof."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from safeconduct.accounts.values import Exclusions
from safeconduct.api import drawing, papers
from safeconduct.api.documented import ALWAYS, WRITING, idempotency_key
from safeconduct.api.tokens import check_may_file, program_of
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.door import Lane, door
from safeconduct.domains.cases.rules import Danger
from safeconduct.domains.cases.services import conversation, intake
from safeconduct.domains.cases.values import AccountNamed, Answers, Origin
from safeconduct.domains.partners import services as partners

MOST_AT_ONCE = 100

router = Router(tags=["reports"])

IdempotencyKey = Annotated[str, idempotency_key("report")]


@router.post("/reports", response={201: papers.Filed, 200: papers.Filed, **WRITING}, summary="File a report")
def file_report(request: HttpRequest, report: papers.NewReport, key: IdempotencyKey) -> Status[papers.Filed]:
    """Keep a report for good, then answer. 200 says that we have it already under this key."""
    program = program_of(request)
    check_may_file(program)
    partners.check_filing(program.filing_secret, f"report {key}", request.body)
    origin = Origin.partner(program.organisation, name=program.name, reference=report.reference, actor=program.actor)
    with door.turn(Lane.PARTNER):
        receipt = intake.file_report(_answers(report), nonce=partners.nonce_of(program.filing_secret, key), by=origin)
    return Status(201 if receipt.first else 200, drawing.filed(receipt, program))


@router.get("/reports", response={200: papers.Reports, **ALWAYS}, summary="List your reports")
def list_reports(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = 50) -> papers.Reports:
    """Return your newest reports with their clocks and proofs."""
    program = program_of(request)
    rows = cases.reports_for_partner(program.ring, limit)
    return papers.Reports(reports=[drawing.row(each, program) for each in rows])


@router.get("/reports/{report_id}", response={200: papers.WholeReport, **ALWAYS}, summary="Read a report")
def read_report(request: HttpRequest, report_id: UUID) -> papers.WholeReport:
    """Return one report: its clock, what was done, what was decided and why."""
    program = program_of(request)
    return drawing.whole(cases.conversation_for(report_id, program.ring), program)


@router.get("/reports/{report_id}/messages", response={200: papers.Messages, **ALWAYS}, summary="Read the conversation")
def read_messages(request: HttpRequest, report_id: UUID) -> papers.Messages:
    """Return the conversation."""
    program = program_of(request)
    view = cases.conversation_for(report_id, program.ring)
    return papers.Messages(
        messages=[drawing.message(each) for each in view.messages], proof=drawing.proof_if_any(report_id, program)
    )


@router.post("/reports/{report_id}/messages", response={201: papers.Sent, **WRITING}, summary="Write to us")
def write_message(
    request: HttpRequest, report_id: UUID, message: papers.NewMessage, key: IdempotencyKey
) -> Status[papers.Sent]:
    """Add a message. ``danger_now`` makes the case imminent at once."""
    program = program_of(request)
    cases.conversation_for(report_id, program.ring)
    partners.check_filing(program.filing_secret, f"message {report_id} {key}", request.body)
    message_id = conversation.say(
        report_id,
        message.text,
        ring=program.ring,
        by=program.actor,
        key=partners.message_id_of(program.filing_secret, report_id, key),
        danger=Danger.NOW if message.danger_now else None,
    )
    return Status(201, papers.Sent(id=message_id, proof=drawing.proof_if_any(report_id, program)))


@router.get("/reports/{report_id}/proof", response={200: papers.Proof, **ALWAYS}, summary="Prove the clock")
def read_proof(
    request: HttpRequest, report_id: UUID, older: Annotated[str, Query(max_length=4000)] = ""
) -> papers.Proof:
    """Return signed proof of how long the case waited.

    With ``older``, a checkpoint you kept, it also proves that nothing before it was changed.
    """
    return drawing.proof(report_id, program_of(request), older=older or None)


def _answers(report: papers.NewReport) -> Answers:
    return Answers(
        happened=tuple(dict.fromkeys(report.happened)),
        text=report.text,
        danger=report.danger,
        who_in_danger=report.who_in_danger,
        accounts=tuple(AccountNamed(each.platform, each.handle, each.mine) for each in report.accounts),
        links=tuple(report.links),
        wants=tuple(dict.fromkeys(report.wants)),
        exclusions=Exclusions(countries=frozenset(report.exclude.countries), person=report.exclude.people),
        for_other=report.for_other,
        tell=report.tell,
        language=report.language,
        country=report.country,
        who_else_sees=report.who_else_sees,
    )
