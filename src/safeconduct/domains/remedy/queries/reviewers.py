"""Who may decide an appeal. Whatever is wrapped for a review is wrapped to these, one by one, and to nobody else."""

from collections.abc import Collection, Iterator
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import MemberKind, MemberView, Role, Standing
from safeconduct.domains.remedy.models import Appeal, KeptWaiting
from safeconduct.domains.remedy.papers import Left
from safeconduct.domains.remedy.queries.hands import Hands
from safeconduct.domains.remedy.rules import Named, Stage, fresh_among, without_second_eyes
from safeconduct.vault import Recipient
from safeconduct.vault import queries as vault_queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

SLICE = 200


def reviewers_for(case_id: UUID, left: Left) -> tuple[Recipient, ...]:
    """Return everyone who may decide an appeal of this case, each by their own key; maybe nobody."""
    fresh = fresh_reviewers(case_id) - left.without
    allowed = fresh - accounts.excluded_among(fresh, left.exclusions)
    return tuple(each for _, each in sorted(accounts.person_recipients(allowed).items()))


def fresh_reviewers(case_id: UUID) -> frozenset[UUID]:
    """Return the reviewers who have had no hand in a case, nor in an earlier appeal of it."""
    return fresh_among(present(), Hands([case_id]).in_case(case_id))


def is_fresh_for(
    appeal: Appeal, member_id: UUID, *, among: Collection[Named] | None = None, hands: Hands | None = None
) -> bool:
    """Answer whether somebody may open an appeal now, whatever keys they hold.

    ``among`` are the reviewers there are now and ``hands`` the hands in its case, where many appeals are asked about.
    """
    reviewers = [each for each in (present() if among is None else among) if each.id == member_id]
    known = Hands([appeal.case_id]) if hands is None else hands
    own = appeal.reviewer == member_id
    return bool(fresh_among(reviewers, known.before_taking(appeal) if own else known.in_case(appeal.case_id)))


def present() -> list[Named]:
    """Return the reviewers there are now, by name."""
    return _named(ready_reviewers())


def ready_reviewers() -> list[MemberView]:
    """Return everyone whose signed entry makes them a reviewer of appeals."""
    return [each for each in _ready_staff() if Role.APPEAL_REVIEWER in each.roles]


def _ready_staff() -> list[MemberView]:
    staff = (each for each in accounts.everyone() if each.kind is MemberKind.STAFF)
    return [each for each in staff if each.standing is Standing.READY]


def present_reviewers() -> str:
    """Return a word that stands for the reviewers there are now, the keys they hold, and what may exclude them."""
    return accounts.mark_of([each.id for each in ready_reviewers()])


def chosen_from(appeals: Collection[Appeal], reviewers: str, hands: Hands) -> dict[UUID, str]:
    """Return for each appeal a word that stands for all that decides who may open it, and for who can now.

    ``reviewers`` are those there are, as just above. A wrap that somebody put there by hand changes the word too.
    """
    wrapped = vault_queries.recipients_of_each({one for each in appeals for one in each.envelopes})
    told = {
        each.id: (
            reviewers,
            hands.in_case(each.case_id),
            each.reviewer,
            [sorted(wrapped[one]) for one in each.envelopes],
        )
        for each in appeals
    }
    return {one: sha256(repr(words).encode()).hexdigest() for one, words in told.items()}


def deciders_without_second_eyes() -> int:
    """Return of how many people who decide cases no decision could be appealed against."""
    deciders = [each for each in _ready_staff() if each.roles & {Role.RESPONDER, Role.LEAD}]
    return without_second_eyes(_named(deciders), present())


def _named(members: Collection[MemberView]) -> list[Named]:
    return [Named(each.id, each.display_name) for each in members]


def unassignable_appeals() -> int:
    """Return how many undecided appeals nobody who holds their key may decide. It opens and names none."""
    waiting, among = Appeal.objects.exclude(stage=Stage.DECIDED.value).order_by("filed_at", "id"), present()
    return sum(_without_reviewer(some, among) for some in in_slices(waiting))


def kept_waiting() -> int:
    """Return how many came in time to appeal, and could not file it while nobody was there who may decide."""
    return KeptWaiting.objects.count()


def _without_reviewer(appeals: list[Appeal], among: Collection[Named]) -> int:
    hands = Hands(each.case_id for each in appeals)
    wrapped = vault_queries.recipients_of_each([each.envelope for each in appeals])
    holding = accounts.members_by_key(frozenset[UUID]().union(*wrapped.values()))
    held = {each: [member for key in wrapped[each] for member in holding.get(key, ())] for each in wrapped}
    able = (any(is_fresh_for(each, who, among=among, hands=hands) for who in held[each.envelope]) for each in appeals)
    return sum(not each for each in able)


def in_slices(found: "QuerySet[Appeal]") -> Iterator[list[Appeal]]:
    """Yield appeals some at a time, so that one question to the database serves many, and none grows too long."""
    for start in count(0, SLICE):
        some = [*found[start : start + SLICE]]
        if not some:
            return
        yield some
