"""Disagreeing with a decision from one's own program: whether it can be done, doing it, adding to it, the answer."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from safeconduct.api import papers
from safeconduct.api.documented import ALWAYS, WRITING, idempotency_key
from safeconduct.api.tokens import program_of
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.partners import services as partners
from safeconduct.domains.partners.views import Program
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.values import Plea
from safeconduct.domains.remedy.views import AppealView, LetterView
from safeconduct.kernel.errors import NotAllowed

router = Router(tags=["appeals"])

IdempotencyKey = Annotated[str, idempotency_key("appeal")]


@router.get("/reports/{report_id}/appeals", response={200: papers.Recourse, **ALWAYS}, summary="Read your appeals")
def read_appeals(request: HttpRequest, report_id: UUID) -> papers.Recourse:
    """Return whether you can appeal now and until when, and every appeal you filed with its answer."""
    recourse = queries.recourse_for(report_id, program_of(request).ring)
    return papers.Recourse(
        asks=recourse.asks, until=recourse.until, appeals=[_appeal(each) for each in recourse.appeals]
    )


@router.post("/reports/{report_id}/appeals", response={201: papers.Appealed, **WRITING}, summary="Appeal")
def file_appeal(
    request: HttpRequest, report_id: UUID, appeal: papers.NewAppeal, key: IdempotencyKey
) -> Status[papers.Appealed]:
    """Appeal against what was decided, *no action* included. Somebody who had nothing to do with it looks again."""
    program = program_of(request)
    _check_same(program, report_id, f"appeal {key}", request.body)
    plea = Plea(
        words=appeal.words,
        key=partners.message_id_of(program.filing_secret, report_id, f"appeal {key}"),
        new_evidence=appeal.new_evidence,
        urgency=appeal.urgency,
        language=appeal.language,
    )
    receipt = services.appeal_as_partner(report_id, plea, ring=program.ring, organisation=program.organisation)
    return Status(201, papers.Appealed(id=receipt.appeal_id, lane=receipt.lane, due_at=receipt.due_at))


@router.post(
    "/reports/{report_id}/appeals/{appeal_id}/messages",
    response={201: papers.Added, **WRITING},
    summary="Add to an appeal",
)
def add_to_appeal(
    request: HttpRequest, report_id: UUID, appeal_id: UUID, message: papers.AppealMessage, key: IdempotencyKey
) -> Status[papers.Added]:
    """Add to an appeal that is not decided yet. Only whoever looks again reads it."""
    program = program_of(request)
    if appeal_id not in {each.id for each in queries.recourse_for(report_id, program.ring).appeals}:
        raise NotAllowed
    _check_same(program, report_id, f"appeal {appeal_id} {key}", request.body)
    own = partners.message_id_of(program.filing_secret, report_id, f"appeal {appeal_id} {key}")
    return Status(
        201, papers.Added(id=services.write_as_appellant(appeal_id, message.text, ring=program.ring, key=own))
    )


def _check_same(program: Program, report_id: UUID, key: str, body: bytes) -> None:
    cases.conversation_for(report_id, program.ring)
    partners.check_filing(program.filing_secret, f"{report_id} {key}", body)


def _appeal(view: AppealView) -> papers.Appeal:
    return papers.Appeal(
        id=view.id,
        stage=view.stage.value,
        lane=view.lane,
        filed_at=view.filed_at,
        due_at=view.due_at,
        late=view.late,
        words=view.words,
        new_evidence=view.new_evidence,
        messages=[_letter(each) for each in view.letters],
        answer=_answer(view),
    )


def _letter(each: LetterView) -> papers.AppealLetter:
    return papers.AppealLetter(id=each.id, at=each.at, by_name=each.by_name, text=each.text)


def _answer(view: AppealView) -> papers.AppealAnswer | None:
    if view.outcome is None:
        return None
    said = view.outcome
    return papers.AppealAnswer(
        conclusion=said.conclusion, words=said.words, by_name=said.by_name, at=said.at, read_back_at=said.read_back_at
    )
