"""One act: what it would cost, the order for it, and the record of what came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safeconduct.connectors.port.acts import ActKind
from safeconduct.connectors.port.seen import Snapshot
from safeconduct.connectors.sentences import Sentence


@dataclass(frozen=True)
class Cost:
    """What an act would cost, told before anyone orders it.

    ``lost`` says what is gone afterwards, ``seen`` what someone holding the phone will see. Where ``possible``
    is false, ``why_not`` says why.
    """

    act: ActKind
    possible: bool
    lost: tuple[Sentence, ...] = ()
    seen: tuple[Sentence, ...] = ()
    reversible: bool = False
    undo_days: int | None = None
    why_not: Sentence | None = None


@dataclass(frozen=True)
class ActOrder:
    """One act on one account. ``key`` makes repeats harmless: the platform does the same key once.

    ``item`` names the post, device or place for acts on one; ``words`` is the text of a notice, or the new password
    of a reset; ``until`` is when a lock or a suspension ends. ``way_back`` says how the owner gets in again after a
    reset, as somebody checked and recorded it.
    """

    act: ActKind
    handle: str = field(repr=False)
    key: UUID
    dry_run: bool = False
    item: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    until: datetime | None = None
    way_back: str = field(default="", repr=False)


class Result(StrEnum):
    """What came of an order. Only the platform's own state, read afterwards, makes it *done and checked*."""

    DONE_AND_CHECKED = "done_and_checked"
    SENT_NOT_CHECKED = "sent_not_checked"
    NOT_DONE = "not_done"
    NOT_CONFIRMED = "not_confirmed"
    TRIAL = "trial"


@dataclass(frozen=True)
class ActRecord:
    """The whole truth about one order, fit to be sealed and shown to the person it was done for.

    ``residual`` says what is still open and is never left out; ``undo`` is the act that reverses this one.
    ``evidence`` is what was kept before acting; ``evidence_id`` is its SHA-256 and stays when the bytes are sealed
    apart. ``recording`` keeps a record as JSON and restores it.
    """

    act: ActKind
    key: UUID
    platform: str
    result: Result
    sentence: Sentence
    ordered_at: datetime
    platform_ref: str = ""
    effective_at: datetime | None = None
    read_back_at: datetime | None = None
    reversible: bool = False
    undo: ActKind | None = None
    undo_until: datetime | None = None
    residual: tuple[Sentence, ...] = ()
    changed: tuple[Sentence, ...] = ()
    evidence_id: str = ""
    evidence: Snapshot | None = field(default=None, repr=False, compare=False)
