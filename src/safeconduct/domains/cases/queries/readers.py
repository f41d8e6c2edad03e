"""How many of us could open each open case now. It counts, and names neither case nor person."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Rank
from safeconduct.vault import queries as vault

AT_ONCE = 500


@dataclass(frozen=True)
class FewReaders:
    """How many open cases one person alone can open, and how many nobody can."""

    one: int
    none: int


def readers_of_open_cases() -> FewReaders:
    """Count the people who can come in and open each open case, by their own key or a team's."""
    held = accounts.live_holders()
    work = [*Case.objects.filter(rank__lt=Rank.CLOSED.value).values_list("work", flat=True)]
    counted = [
        len(frozenset[UUID]().union(*(held.get(each, frozenset()) for each in readers)))
        for begin in range(0, len(work), AT_ONCE)
        for readers in vault.recipients_of_each(work[begin : begin + AT_ONCE]).values()
    ]
    return FewReaders(one=counted.count(1), none=counted.count(0))
