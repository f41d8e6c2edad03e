"""Who has had a hand in cases and in the appeals against them, read once for as many cases as are asked about."""

from collections.abc import Iterable
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.audit import queries as audit
from safeconduct.domains.cases.queries import review as cases
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.rules import Named, Stage
from safeconduct.kernel.actors import ActorKind

# What a reviewer does to a case because of the appeal they have taken. Whether they were fresh was asked before.
OF_A_REVIEW = frozenset({"report.decided-again", "report.returned", "case.returned", "account.undo-ordered"})


class Hands:
    """Everyone who has had a hand in some cases, as they are now. Hold it for one call."""

    def __init__(self, case_ids: Iterable[UUID]) -> None:
        ids = frozenset(case_ids)
        self._worked = cases.hands_on_each(ids)
        self._worked_before = cases.hands_on_each(ids, but_for=OF_A_REVIEW)
        appeals = [*Appeal.objects.filter(case_id__in=ids).values_list("id", "case_id", "stage", "reviewer")]
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
        reviewed = {by for case, _, by in self._reviewed if case == case_id}
        return self._named(self._worked[case_id] | reviewed | self._stepped.get(case_id, set()))

    def before_taking(self, appeal: Appeal) -> list[Named]:
        """Return the same without what whoever took this appeal did because of it."""
        reviewed = {by for case, each, by in self._reviewed if case == appeal.case_id and each != appeal.id}
        return self._named(self._worked_before[appeal.case_id] | reviewed | self._stepped.get(appeal.case_id, set()))

    def _named(self, ids: Iterable[UUID]) -> list[Named]:
        return [Named(each, self._names.get(each, "")) for each in sorted(ids)]


def _stepped_back(case_of: dict[UUID, UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for entry in audit.entries_for(*case_of):
        if entry.action == "appeal.stepped-back" and entry.by.kind is ActorKind.MEMBER and entry.by.id is not None:
            found.setdefault(case_of[entry.subject], set()).add(entry.by.id)
    return found
