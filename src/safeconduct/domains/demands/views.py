"""What others read from demands. Plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from safeconduct.domains.demands.papers import Kept, Piece
from safeconduct.domains.demands.rules import Stage


@dataclass(frozen=True)
class DemandRow:
    """One line of the register."""

    id: UUID
    authority: str = field(repr=False)
    stage: Stage
    received_on: date
    due_on: date | None
    ask_again_on: date | None
    handler_name: str
    mine: bool
    waits_for_me: bool  # as the second person


@dataclass(frozen=True)
class DemandView:
    """A demand as whoever can open it reads it."""

    id: UUID
    stage: Stage
    kept: Kept = field(repr=False)
    logged_at: datetime
    handler_name: str
    second_name: str
    mine: bool
    may_approve: bool
    may_take_over: bool
    may_be_answered: bool
    silent: bool
    ended_on: date | None
    ask_again_on: date | None
    told_on: date | None


@dataclass(frozen=True)
class Choice:
    """One piece of a case that could be chosen."""

    piece: Piece
    name: str = field(repr=False)
    chosen: bool
