"""Facts that safety announces after commit. They carry ids only."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class BundleCarriedOut:
    """Every step of an order has come to an end, good or bad. ``all_done`` is what the platform itself confirmed."""

    case_id: UUID
    bundle_id: UUID
    all_done: bool


@dataclass(frozen=True)
class BundleLost:
    """An order can no longer be carried out: the memory that held it is gone. A person must look and order again."""

    case_id: UUID
    bundle_id: UUID


@dataclass(frozen=True)
class LockLapsed:
    """A lock that a code alone allowed has reached its end without a second proof."""

    case_id: UUID
    bundle_id: UUID


@dataclass(frozen=True)
class LockHeld:
    """A lock that somebody ordered was not done: a person has to look first."""

    case_id: UUID
    bundle_id: UUID
