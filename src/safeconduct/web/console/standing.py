"""How an account to protect stands now, so that nothing is offered as if it had not been done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safeconduct.connectors.port import UNDONE_BY
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.rules import FOR_THE_OWNER, STEPS, Bundle, StepStatus
from safeconduct.domains.safety.views import BundleView
from safeconduct.web.console.marks import MarkedAccount, marked

_IN_FORCE = frozenset({StepStatus.DONE_AND_CHECKED, StepStatus.SENT, StepStatus.NOT_CONFIRMED})


class Stands(StrEnum):
    """What came of a bundle on one account, as far as it is known."""

    NOT_ORDERED = "not-ordered"
    UNDER_WAY = "under-way"
    DONE = "done"
    IN_PART = "in-part"


@dataclass(frozen=True)
class Offer:
    """One bundle for one account: what stands, since when, and whether it is the first thing to do."""

    bundle: Bundle
    stands: Stands
    since: datetime | None


@dataclass(frozen=True)
class Protectable:
    """An account that reports ask to protect, with what can be done for it."""

    one: MarkedAccount
    offers: tuple[Offer, ...]


def protectables(case: CaseView) -> list[Protectable]:
    """Return every account to protect, with how each bundle stands on it."""
    return [Protectable(one, tuple(_offer(one, bundle, case.acts) for bundle in FOR_THE_OWNER)) for one in marked(case)]


def _offer(one: MarkedAccount, bundle: Bundle, acts: Sequence[BundleView]) -> Offer:
    ordered = [
        act
        for act in acts
        if act.account == one.account and act.bundle is bundle and act.undoes is None and act.confirms is None
    ]
    for act in reversed(ordered):
        stands = _stands(act)
        if stands is not Stands.NOT_ORDERED:
            return Offer(bundle, stands, act.ordered_at)
    return Offer(bundle, Stands.NOT_ORDERED, None)


def _stands(act: BundleView) -> Stands:
    if not act.finished:
        return Stands.UNDER_WAY
    first = STEPS[act.bundle][0]
    if any(step.act is first and step.status is StepStatus.DONE_AND_CHECKED for step in act.steps):
        return Stands.DONE
    # Ended sign-ins come back with the next one, and a notice protects nothing: only what lasts counts.
    in_part = any(step.act in UNDONE_BY and step.status in _IN_FORCE for step in act.steps)
    return Stands.IN_PART if in_part else Stands.NOT_ORDERED
