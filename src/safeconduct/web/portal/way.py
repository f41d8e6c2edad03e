"""The way so far: what happened to a case when, in order of time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.safety.views import BundleView


@dataclass(frozen=True)
class Mark:
    """One thing that happened. ``act`` is the order, where one was given."""

    at: datetime
    kind: Literal["reported", "answered", "ordered", "decided", "decided-again", "closed"]
    act: BundleView | None = None


def way_of(view: ConversationView) -> list[Mark]:
    """Return what happened, oldest first."""
    marks = [Mark(view.received_at, "reported")]
    marks += [Mark(view.replied_at, "answered")] if view.replied_at else []
    marks += [Mark(act.ordered_at, "ordered", act) for act in view.acts]
    marks += _decided(view)
    marks += [Mark(view.closed_at, "closed")] if view.closed_at else []
    return sorted(marks, key=lambda mark: mark.at)


def _decided(view: ConversationView) -> list[Mark]:
    decisions = (*view.earlier, *((view.decision,) if view.decision else ()))
    return [Mark(each.decided_at, "decided-again" if number else "decided") for number, each in enumerate(decisions)]
