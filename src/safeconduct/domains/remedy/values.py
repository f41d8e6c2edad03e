"""What comes in from outside, and what whoever appeals is given."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.domains.cases.rules import Reason
from safeconduct.domains.remedy.rules import Conclusion, Lane, Urgency
from safeconduct.vault import CaseCode


@dataclass(frozen=True)
class Plea:
    """What somebody says against a decision. ``key`` makes the same form sent twice one appeal."""

    words: str = field(repr=False)
    key: UUID
    new_evidence: str = field(default="", repr=False)
    urgency: Urgency = Urgency.NONE
    language: str = "en"
    contests: bool = False  # an earlier appeal with this statement's numbers was somebody else's


@dataclass(frozen=True)
class Receipt:
    """What whoever appealed is told. ``code`` is given only to the person acted on; it opens this appeal alone."""

    appeal_id: UUID
    lane: Lane
    due_at: datetime
    code: CaseCode | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Ruling:
    """How a reviewer decides. A change names the new decision, and the orders to undo that carry it out."""

    conclusion: Conclusion
    words: str
    reason: Reason | None = None
    evidence: tuple[str, ...] = ()
    words_for_reporter: str = ""
    undo: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Given:
    """A statement of reasons to hand over. The code stands on it and nowhere else."""

    text: str = field(repr=False)
    code: CaseCode = field(repr=False)
    appeal_until: datetime
