"""What an appeal is against: a decision, as a reporter's side or as the person acted on knows it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.domains.cases.queries import hands
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.remedy.models import Appeal, Statement
from safeconduct.domains.remedy.papers import STATEMENT
from safeconduct.domains.remedy.rules import Side
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import CaseCode


@dataclass(frozen=True)
class Subject:
    """What is appealed against: a decision as a reporter's side or as the person acted on knows it."""

    side: Side
    case_id: UUID
    known_by: UUID  # the report, or the statement
    decided_at: datetime
    decision: int
    report_id: UUID | None = None
    statement: Statement | None = None
    statement_text: str = field(default="", repr=False)


def subject_of_report(view: ConversationView, side: Side) -> Subject:
    """Return what a reporter's side appeals against; refused while nothing is decided."""
    if view.decision is None or view.stage not in {CaseStage.DECIDED, CaseStage.CLOSED}:
        sentence = "Nothing has been decided yet. Until then, write to the people who work on it."
        raise Refused("appeal.nothing-decided", sentence)
    count = hands.times_decided(view.report_id)
    return Subject(side, view.case_id, view.report_id, view.decision.decided_at, count, report_id=view.report_id)


def subject_of_statement(statement: Statement, text: str) -> Subject:
    """Return what the person acted on appeals against, wherever the case was linked since."""
    return Subject(
        Side.ACTED_ON,
        present_case(statement.file.case_id),
        statement.id,
        statement.given_at,
        1,
        statement=statement,
        statement_text=text,
    )


def statement_behind(code: CaseCode) -> tuple[Statement, str]:
    """Return the statement that bears a code, with its words. Wrong codes are answered alike."""
    key = code.reporter
    statement = Statement.objects.select_related("file").filter(tag=key.recipient_id).first()
    if statement is None:
        raise NotAllowed("code.unknown", "These numbers open nothing here. Read them again, line by line.")
    return statement, STATEMENT.read_under(statement.sealed, key.key, statement.id).text


def earlier_appeals(subject: Subject, appellant: UUID, *, contests: bool) -> "QuerySet[Appeal]":
    """Return the appeals that this one would stand beside."""
    if subject.statement is not None:
        # Whoever says that the earlier appeal was not theirs is heard beside it: a stranger's takes nothing from them.
        return Appeal.objects.filter(statement=subject.statement, contests=contests)
    return Appeal.objects.filter(report_id=subject.report_id, decision=subject.decision, appellant=appellant)
