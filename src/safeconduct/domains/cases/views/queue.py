"""Rows of the queue, groups of alike reports, pages, and the door."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safeconduct.domains.cases.rules import Mode, OriginKind, Outcome, Severity, Stage, Step, Threat


class QueueView(StrEnum):
    """Which cases a queue shows."""

    MINE = "mine"
    OPEN = "open"  # open to take: nobody's yet
    ALL = "all"
    CLOSED = "closed"


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, opened for this reader only. It names nobody and quotes nothing."""

    case_id: UUID
    number: str
    severity: Severity
    stage: Stage
    due_at: datetime | None
    due_kind: str
    late: bool
    started_at: datetime
    assignee_id: UUID | None
    assignee: str
    language: str
    summary: str
    happened: tuple[Threat, ...]
    platform: str
    country: str
    origin: OriginKind
    partner_name: str
    reports: int
    asks_lock: bool
    outcome: Outcome | None
    restricted: bool
    group: UUID | None


@dataclass(frozen=True)
class Group:
    """Cases whose words are alike, of those this reader can open and nobody has taken."""

    id: UUID
    size: int
    severity: Severity
    first_at: datetime
    last_at: datetime
    numbers: tuple[str, ...]
    sample: str


@dataclass(frozen=True)
class PageView:
    """A page that went out and what became of it."""

    id: UUID
    number: str
    case_id: UUID
    step: Step
    sent_at: datetime | None
    times: int
    to_name: str
    mine: bool
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True)
class ChannelView:
    """Whether the door is open, to whom, and what stands against opening it wider."""

    mode: Mode
    since: datetime | None
    refusals: tuple[str, ...]
    pager_tested_at: datetime | None
    people_who_can_open: int
    people_not_called: tuple[str, ...]
