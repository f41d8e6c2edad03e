"""Who may decide an appeal. Whatever is wrapped for a review is wrapped to these, one by one, and to nobody else."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import MemberKind, MemberView, Role, Standing
from safeconduct.audit import queries as audit
from safeconduct.domains.cases.queries import review as cases
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.papers import Left
from safeconduct.domains.remedy.rules import Named, Stage, fresh_among, without_second_eyes
from safeconduct.kernel.actors import ActorKind
from safeconduct.vault import Recipient
from safeconduct.vault import queries as vault_queries

# What a reviewer does to a case because of the appeal they have taken. Whether they were fresh was asked before.
OF_A_REVIEW = frozenset({"report.decided-again", "report.returned", "case.returned", "account.undo-ordered"})
NO_ACTIONS = frozenset[str]()


def reviewers_for(case_id: UUID, left: Left) -> tuple[Recipient, ...]:
    """Return everyone who may decide an appeal of this case, each by their own key; maybe nobody."""
    fresh = fresh_reviewers(case_id) - left.without
    allowed = [each for each in sorted(fresh) if not accounts.is_excluded(each, left.exclusions)]
    return tuple(accounts.person_recipient(each) for each in allowed)


def fresh_reviewers(case_id: UUID) -> frozenset[UUID]:
    """Return the reviewers who have had no hand in a case, nor in an earlier appeal of it."""
    return fresh_among(present(), _hands(case_id, but_for=NO_ACTIONS))


def is_fresh_for(appeal: Appeal, member_id: UUID, *, among: Collection[Named] | None = None) -> bool:
    """Answer whether somebody may open an appeal now, whatever keys they hold.

    ``among`` are the reviewers there are now, where many appeals are asked about: each signature is checked once.
    """
    own = appeal.reviewer == member_id
    reviewers = [each for each in (present() if among is None else among) if each.id == member_id]
    hands = _hands(appeal.case_id, but_for=OF_A_REVIEW if own else NO_ACTIONS, not_of=appeal.id if own else None)
    return bool(fresh_among(reviewers, hands))


def _hands(case_id: UUID, *, but_for: frozenset[str], not_of: UUID | None = None) -> list[Named]:
    earlier = Appeal.objects.filter(case_id=case_id)
    earlier = earlier.exclude(pk=not_of) if not_of else earlier
    reviewed = earlier.filter(stage=Stage.DECIDED.value).values_list("reviewer", flat=True)
    stepped = _stepped_back(Appeal.objects.filter(case_id=case_id).values_list("id", flat=True))
    ids = cases.hands_on(case_id, but_for=but_for) | {each for each in reviewed if each} | stepped
    names = accounts.names_for(ids)
    return [Named(each, names.get(each, "")) for each in ids]


def _stepped_back(appeal_ids: Iterable[UUID]) -> set[UUID]:
    entries = audit.entries_for(*appeal_ids)
    back = (entry.by for entry in entries if entry.action == "appeal.stepped-back")
    return {by.id for by in back if by.kind is ActorKind.MEMBER and by.id is not None}


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
    """Return a word that stands for the reviewers there are now and the keys they hold."""
    ids = sorted(str(accounts.person_recipient(each.id).id) for each in ready_reviewers())
    return sha256(" ".join(ids).encode()).hexdigest()


def deciders_without_second_eyes() -> int:
    """Return of how many people who decide cases no decision could be appealed against."""
    deciders = [each for each in _ready_staff() if each.roles & {Role.RESPONDER, Role.LEAD}]
    return without_second_eyes(_named(deciders), present())


def _named(members: Collection[MemberView]) -> list[Named]:
    return [Named(each.id, each.display_name) for each in members]


def unassignable_appeals() -> int:
    """Return how many undecided appeals nobody who holds their key may decide. It opens and names none."""
    waiting, among = Appeal.objects.exclude(stage=Stage.DECIDED.value), present()
    return sum(not _has_reviewer(appeal, among) for appeal in waiting)


def _has_reviewer(appeal: Appeal, among: Collection[Named]) -> bool:
    behind = accounts.members_behind(vault_queries.recipients_of(appeal.envelope))
    return any(is_fresh_for(appeal, each, among=among) for each in behind)
