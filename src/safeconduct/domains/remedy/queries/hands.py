"""Who has had a hand in cases and in the appeals against them, read once for as many cases as are asked about."""

from collections.abc import Iterable
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.audit import queries as audit
from safeconduct.domains.cases.queries import hands
from safeconduct.domains.cases.queries.linked import connected
from safeconduct.domains.cases.rules.deeds import OF_A_REVIEW
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.rules import Named, Stage
from safeconduct.kernel.actors import ActorKind

# With what a change of the decision takes back on the platform.
OF_AN_APPEAL = OF_A_REVIEW | {"account.undo-ordered"}


class Hands:
    """Everyone who has had a hand in some cases, as they are now. Hold it for one call."""

    def __init__(self, case_ids: Iterable[UUID]) -> None:
        ids = frozenset(case_ids)
        self._worked = hands.hands_on_each(ids)
        self._worked_before = hands.hands_on_each(ids, but_for=OF_AN_APPEAL)
        self._linked = connected(ids)
        held = Appeal.objects.filter(case_id__in=frozenset[UUID]().union(*self._linked.values()))
        appeals = [*held.values_list("id", "case_id", "stage", "reviewer")]
        self._stepped = _stepped_back({appeal_id: case_id for appeal_id, case_id, _, _ in appeals})
        self._reviewed = [
            (case_id, appeal_id, reviewer)
            for appeal_id, case_id, stage, reviewer in appeals
            if stage == Stage.DECIDED.value and reviewer is not None
        ]
        stepped = set[UUID]().union(*self._stepped.values())
        reviewers = {reviewer for _, _, reviewer in self._reviewed}
        self._names = accounts.names_for(stepped.union(reviewers, *self._worked.values()))

    def in_case(self, case_id: UUID) -> list[Named]:
        """Return everyone who has had a hand in a case, or in an appeal against it."""
        return self._named(self._worked[case_id] | self._in_appeals(case_id))

    def before_taking(self, appeal: Appeal) -> list[Named]:
        """Return the same without what whoever took this appeal did because of it."""
        others = self._in_appeals(appeal.case_id, but_for=appeal.id)
        return self._named(self._worked_before[appeal.case_id] | others)

    def _in_appeals(self, case_id: UUID, *, but_for: UUID | None = None) -> set[UUID]:
        """Return who decided an appeal against this case, or one that linking made one with it, or stepped back."""
        linked = self._linked[case_id]
        reviewed = {by for case, appeal_id, by in self._reviewed if case in linked and appeal_id != but_for}
        return reviewed.union(*(self._stepped.get(each, set()) for each in linked))

    def _named(self, ids: Iterable[UUID]) -> list[Named]:
        return [Named(each, self._names.get(each, "")) for each in sorted(ids)]


def _stepped_back(case_of: dict[UUID, UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for entry in audit.entries_for(*case_of):
        if entry.action == "appeal.stepped-back" and entry.by.kind is ActorKind.MEMBER and entry.by.id is not None:
            found.setdefault(case_of[entry.subject], set()).add(entry.by.id)
    return found
