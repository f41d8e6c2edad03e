"""What the room shows: plain values, no tables."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from safeconduct.domains.defenders.papers import TiedCase
from safeconduct.domains.defenders.rules import Stage


@dataclass(frozen=True)
class AskingView:
    """One asking as the defender may see it: who asked, why, who approved, how it ended. Names are colleagues'."""

    id: UUID
    asked_on: date
    asker: str
    reason: str = field(repr=False)  # empty where this conversation does not open it
    stage: Stage
    approved_by: tuple[str, ...]
    refused_by: str
    ended_on: date | None

    @property
    def was_read(self) -> bool:
        """Return whether the identity was opened by it."""
        return self.stage is Stage.READ


@dataclass(frozen=True)
class Known:
    """What a report's conversation says about the identity behind it."""

    identity_id: UUID
    pseudonym: str
    enrolled_on: date
    enrolled_here: bool
    askings: tuple[AskingView, ...]


@dataclass(frozen=True)
class OwnAsking:
    """One asking, for whoever asked."""

    id: UUID
    pseudonym: str
    stage: Stage
    asked_at: datetime
    lapses_at: datetime
    approved_a: bool
    approved_b: bool

    @property
    def may_be_read(self) -> bool:
        """Return whether both benches have approved and nobody has read it."""
        return self.stage is Stage.APPROVED

    @property
    def waits(self) -> bool:
        """Return whether somebody has still to approve."""
        return self.stage is Stage.WAITING


@dataclass(frozen=True)
class BenchAsking:
    """One asking, for a custodian of a bench that has not answered yet."""

    id: UUID
    pseudonym: str
    asker: str
    reason: str = field(repr=False)
    asked_at: datetime
    lapses_at: datetime
    other_bench_approved: bool


@dataclass(frozen=True)
class AlarmView:
    """An alarm that nobody has seen yet. ``who`` is a colleague's name, or a bench's."""

    id: UUID
    who: str
    raised_at: datetime


@dataclass(frozen=True)
class Reading:
    """An identity, read once."""

    pseudonym: str
    names: str = field(repr=False)
    contacts: str = field(repr=False)
    consent: str = field(repr=False)
    consented_on: date
    cases: tuple[TiedCase, ...] = field(repr=False)
