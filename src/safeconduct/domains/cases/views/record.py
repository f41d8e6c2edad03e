"""A case's entries as the log holds them."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.domains.cases.views.case import TimelineEntry


@dataclass(frozen=True)
class RecordedEntry:
    """An entry, its place in the log (None while it waits for one), and whether its proof leads to the signed root."""

    entry: TimelineEntry
    index: int | None
    stands: bool


@dataclass(frozen=True)
class RecordView:
    """Every entry about a case, judged against the newest checkpoint of ``size`` entries; ``signed`` by our own key."""

    case_id: UUID
    number: str
    entries: tuple[RecordedEntry, ...]
    standing: int
    failed: int
    signed: bool
    size: int
    root: str
    key: str
