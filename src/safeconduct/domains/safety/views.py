"""What others read from safety: costs before, records after. Plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.connectors.port import AccountRef, ActKind, Cost, ItemSeen
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse


@dataclass(frozen=True)
class StepCost:
    """One step before it is ordered. ``cost`` says whether the platform can do it, what is lost and what is seen."""

    act: ActKind
    cost: Cost


@dataclass(frozen=True)
class BundleCost:
    """What a bundle costs. ``shown`` proves to ``order_bundle`` that this was on the page; it is good for an hour.

    ``locks_by_code`` says whether the platform can do what a code alone allows: a lock that it ends by itself.
    ``proven`` says whether a proof stands that whoever asks speaks for the account.
    """

    account: AccountRef
    bundle: Bundle
    steps: tuple[StepCost, ...]
    locks_by_code: bool
    shown: str
    proven: bool = False

    @property
    def possible(self) -> bool:
        """Answer whether the platform can do anything of it: a notice alone helps nobody."""
        return any(step.cost.possible for step in self.steps if step.act is not ActKind.NOTICE_SEND)


@dataclass(frozen=True)
class Restraint:
    """One act against what attacks somebody: on whose account, on what of it, until when."""

    act: ActKind
    account: AccountRef
    item: str = field(default="", repr=False)
    until: datetime | None = None


@dataclass(frozen=True)
class RestraintCost:
    """What a restraint would do and leave open, as the platform rehearsed it. ``shown`` is as for a bundle.

    ``hindrance`` says why it cannot be done now, and then nothing can be ordered on the strength of this;
    ``item`` is whose the message, file or place is.
    """

    restraint: Restraint
    cost: Cost
    left_open: tuple[Sentence, ...]
    hindrance: Sentence | None
    shown: str
    item: ItemSeen | None = None


@dataclass(frozen=True)
class CodeSent:
    """A code is on its way to the account."""

    code_id: UUID
    ends_at: datetime


@dataclass(frozen=True)
class StepView:
    """One act and what came of it. ``still_open`` is never left out; ``why`` says why nothing was done.

    ``ended_since`` was left open by this act, and a later one has ended it.
    """

    act: ActKind
    status: StepStatus
    ordered_at: datetime
    done_at: datetime | None
    read_back_at: datetime | None
    changed: tuple[Sentence, ...]
    still_open: tuple[Sentence, ...]
    seen_by: tuple[Sentence, ...]
    undo_until: datetime | None
    why: Sentence | None
    ended_since: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class SnapshotView:
    """What the platform showed of an account before the first act of an order, without its bytes."""

    order_id: UUID
    account: AccountRef
    taken_at: datetime
    sha256: str
    media_type: str
    size_bytes: int
    caution: str  # what the copy is not: ciphertext is called ciphertext
    ciphertext_only: bool = False


@dataclass(frozen=True)
class BundleView:
    """One order and its steps, as reporter, partner and staff read it; a restraint is read by staff alone.

    ``item`` is what a restraint is about, where it is not the account; ``ends_at`` is when a suspension ends.
    """

    id: UUID
    envelope: UUID
    account: AccountRef
    bundle: Bundle
    undoes: UUID | None
    confirms: UUID | None
    proofs: tuple[Proof, ...]
    who_else_sees: WhoElse
    reason: str
    steps: tuple[StepView, ...]
    ordered_at: datetime
    next_try_at: datetime | None
    lapses_at: datetime | None
    finished: bool
    can_undo: bool
    has_snapshot: bool
    item: str = field(default="", repr=False)
    ends_at: datetime | None = None
