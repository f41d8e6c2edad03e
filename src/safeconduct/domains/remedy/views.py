"""What others read from remedy. Plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from safeconduct.connectors.port import AccountRef, ActRecord
from safeconduct.domains.cases.queries.review import ReviewedCase
from safeconduct.domains.cases.views import FileView
from safeconduct.domains.remedy.papers import Delivered, Outcome, Promised
from safeconduct.domains.remedy.rules import Asks, Conclusion, Delivery, Lane, Side, Stage, Urgency
from safeconduct.domains.safety.views import BundleView


@dataclass(frozen=True)
class LetterView:
    """One message of an appeal. ``by_name`` is empty for whoever appeals."""

    id: UUID
    at: datetime
    by_name: str
    text: str
    files: tuple[FileView, ...]
    mine: bool


@dataclass(frozen=True)
class AppealView:
    """An appeal as its appellant and its reviewer read it; ``case`` is there for the reviewer alone."""

    id: UUID
    side: Side
    stage: Stage
    lane: Lane
    urgency: Urgency
    filed_at: datetime
    due_at: datetime
    late: bool
    words: str
    new_evidence: str
    language: str
    statement: str
    letters: tuple[LetterView, ...]
    outcome: Outcome | None
    reviewer_name: str
    number: str = ""
    mine: bool = False
    contests: bool = False
    report_id: UUID | None = None
    case: ReviewedCase | None = field(default=None, repr=False)

    @property
    def acts(self) -> tuple[BundleView, ...]:
        """Return what this appeal may undo: what was done to whoever appeals, or for them; for nobody else."""
        if self.case is None:
            return ()
        if self.side is Side.ACTED_ON:
            return self.case.restraints
        theirs = (each for each in self.case.conversations if each.report_id == self.report_id)
        return tuple(act for each in theirs for act in each.acts)

    @property
    def open(self) -> bool:
        """Return whether it is still to be decided."""
        return self.stage is not Stage.DECIDED


@dataclass(frozen=True)
class AppealRow:
    """One line of the reviewers' queue. It quotes nothing."""

    id: UUID
    number: str
    side: Side
    stage: Stage
    lane: Lane
    conclusion: Conclusion | None
    filed_at: datetime
    due_at: datetime
    late: bool
    mine: bool
    reviewer_name: str


@dataclass(frozen=True)
class Recourse:
    """Whether a reporter or partner may appeal now, until when, and what became of earlier appeals."""

    asks: Asks
    until: datetime | None
    appeals: tuple[AppealView, ...]


@dataclass(frozen=True)
class StatementView:
    """A statement of reasons as the person acted on reads it with its code."""

    text: str
    language: str
    until: datetime
    asks: Asks
    contest: Asks  # whether they can say that an earlier appeal was not theirs
    opened_at: datetime | None = None  # when the code was first used, before now


@dataclass(frozen=True)
class GivenView:
    """A statement that was given in a case, as staff see it. ``account`` is empty where it was handed over."""

    given_at: datetime
    opened: bool
    account: AccountRef | None = None
    delivery: Delivery | None = None
    act_record: ActRecord | None = None


@dataclass(frozen=True)
class PromiseView:
    """A promised remedy, and what shows its delivery."""

    id: UUID
    promised_on: date
    due_on: date
    delivered_on: date | None
    promised: Promised
    delivered: Delivered | None
    late: bool
