"""Facts that cases announces after commit.

They carry ids only, ``organisation`` being a partner's blind id; but for the last, which carries none.
"""

from dataclasses import dataclass, field
from uuid import UUID

from safeconduct.domains.cases.rules import Outcome, Threat


@dataclass(frozen=True)
class ReportReceived:
    """A report is stored for good."""

    report_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class AnswerGiven:
    """Staff wrote to a reporter."""

    report_id: UUID
    case_id: UUID
    organisation: UUID | None


@dataclass(frozen=True)
class CaseDecided:
    """A decision stands, and the reporter can read it."""

    report_id: UUID
    case_id: UUID
    organisation: UUID | None


@dataclass(frozen=True)
class PageDue:
    """Somebody is to be woken: the page is written down and goes out now."""

    page_id: UUID


@dataclass(frozen=True)
class CaseClosed:
    """A case ended. It says what may be counted and not which case it was; it is never stored as it is.

    ``acts`` are those done on accounts and read back, ``secured`` whether there was one. ``leads_may_know`` is False
    when somebody is kept out of the case, so that a lead could be among them.
    """

    country: str = field(repr=False)
    threats: tuple[Threat, ...] = field(repr=False)
    language: str = field(repr=False)
    outcome: Outcome
    replied_in_time: bool
    settled_in_time: bool
    secured: bool
    acts: int
    leads_may_know: bool
