"""What is said of a case when it closes, for those who count: nothing by which it could be found again."""

from collections.abc import Collection

from safeconduct.domains.cases.events import CaseClosed
from safeconduct.domains.cases.papers import ENTRY, WorkKind
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.rules import ClockKind, Outcome
from safeconduct.domains.cases.services.deeds import OpenCase, OpenReport, after_commit
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.rules import StepStatus

# Done and seen on the platform, whatever became of it later.
_SEEN_DONE = frozenset({StepStatus.DONE_AND_CHECKED, StepStatus.UNDONE, StepStatus.LAPSED})


def count_once(held: OpenCase, conversations: Collection[OpenReport]) -> None:
    """Announce that a case closes, unless it closed before and an appeal had opened it again."""
    entries = (ENTRY.read(row.sealed, held.work, row.id) for row in held.case.entries.all())
    # A case linked into this one may have closed before, too, and was counted then for itself.
    if sum(entry.kind is WorkKind.CONTRIBUTION and not entry.linked for entry in entries) == 1:
        after_commit(closed(held, conversations))


def closed(held: OpenCase, conversations: Collection[OpenReport]) -> CaseClosed:
    """Return the fact that a case closes; to be asked before its times are cut to the day."""
    acts = sum(_acts_in(each) for each in conversations)
    return CaseClosed(
        country=held.cover.country,
        threats=held.cover.happened,
        language=held.case.language,
        outcome=Outcome(held.case.outcome),
        replied_in_time=_kept(held, conversations, ClockKind.REPLY),
        settled_in_time=_kept(held, conversations, ClockKind.SETTLE),
        secured=acts > 0,
        acts=acts,
        leads_may_know=not held.cover.exclusions and not held.cover.without,
    )


def _kept(held: OpenCase, conversations: Collection[OpenReport], kind: ClockKind) -> bool:
    clocks = [clock for each in conversations for clock in clocks_of(each.report, held.case)]
    return all(clock.kept for clock in clocks if clock.kind is kind)


def _acts_in(conversation: OpenReport) -> int:
    opened = {conversation.conversation.id: conversation.conversation}
    bundles = safety.bundles_for(conversation.report.id, opened)
    return sum(step.status in _SEEN_DONE for bundle in bundles if bundle.undoes is None for step in bundle.steps)
