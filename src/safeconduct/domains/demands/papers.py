"""How a demand is written before it is sealed, and the one place in which it opens."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safeconduct.domains.demands.rules import Demanded, Found, Step
from safeconduct.vault.papers import Form


class PieceKind(StrEnum):
    """What can be chosen of a case: the first words of a report, one message, one piece of evidence."""

    REPORT = "report"
    MESSAGE = "message"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Piece:
    """One piece that was chosen. It names what leaves, and holds nothing of it but a fingerprint.

    ``concerns`` are the reports it is of: cases are linked, and their people are told wherever their reports are then.
    """

    case_id: UUID
    number: str
    concerns: tuple[UUID, ...]
    kind: PieceKind
    id: UUID
    at: datetime
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Left:
    """What left: the fingerprint of the one file, by whom and when."""

    sha256: str
    by_name: str
    approved_by_name: str
    at: datetime


@dataclass(frozen=True)
class Kept:
    """All that is sealed of a demand."""

    said: Demanded
    steps: dict[Step, Found] = field(default_factory=dict)
    reading: str = field(default="", repr=False)
    pieces: tuple[Piece, ...] = ()
    sent_back: str = field(default="", repr=False)  # why a second person did not approve
    refusal: str = field(default="", repr=False)
    left: Left | None = None
    gone: tuple[str, ...] = ()  # numbers of cases of which a report was erased before anybody could tell its people


KEPT = Form(Kept, "demands_demand", "sealed")
