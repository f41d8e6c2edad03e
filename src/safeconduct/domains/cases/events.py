"""Facts that cases announces after commit. They carry ids only; ``organisation`` is a partner's blind id."""

from dataclasses import dataclass
from uuid import UUID


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
