"""After someone left or a key was replaced: the next colleague who can open a case wraps it to the keys of today."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import chain
from operator import and_
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from safeconduct.accounts import following
from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED, Audience, Desk, Note, Role
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import TOLD
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import Rank
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import OpenCase, open_case, open_report
from safeconduct.domains.cases.services.holding import give_to, is_blind, joined_works, readers_of
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

AT_ONCE = 200

# By member: the state of people and teams in which all that they open was looked through. Each process has its own.
_looked_through: dict[UUID, str] = {}


def follow_keys(desk: Desk) -> int:
    """Do the next batch for whoever comes in; nothing for those who read no case."""
    reads = desk.organisation is not None or desk.may(Role.RESPONDER) or desk.may(Role.LEAD)
    return rewrap_waiting(desk) if reads else 0


def rewrap_waiting(desk: Desk) -> int:
    """Wrap what this desk can open to whoever ought to read it now, and return how many cases were done.

    Called at the start of a session. At most two hundred cases a call, so that nobody waits long for their first page.
    """
    if desk.organisation is not None:
        return _follow_organisation(desk, desk.organisation)
    check_staff(desk)
    done = following.one_by_one("cases", _waiting(desk), partial(_rewrap, desk=desk), at_most=AT_ONCE)
    return done + (_let_newcomers_read(desk, AT_ONCE - done) if done < AT_ONCE else 0)


def _let_newcomers_read(desk: Desk, at_most: int) -> int:
    """Wrap what somebody is kept out of to those who were signed since and may read it.

    A team's key does that for whoever joins it. Where somebody is left out there is none, and nothing in clear tells
    which cases those are: so each is opened, once after each change of people and teams.
    """
    people = accounts.mark_of([one.id for one in accounts.everyone()])
    if _looked_through.get(desk.member_id) == people or Note.TEAM_UNSIGNED in _everyone().notes:
        return 0
    found = chain(following.in_slices(_lacking_a_team(desk), AT_ONCE), _joined_apart(desk))
    done = following.one_by_one("cases", found, partial(_rewrap, desk=desk), at_most=at_most)
    if done < at_most:
        _looked_through[desk.member_id] = people
    return done


def gather(desk: Desk) -> int:
    """Wrap open cases to teams again that were wrapped to their members one by one while a team's key waited."""
    if not (desk.may(Role.RESPONDER) or desk.may(Role.LEAD)) or Note.TEAM_UNSIGNED in _everyone().notes:
        return 0
    return following.one_by_one("cases", _without_a_team(desk), partial(_rewrap, desk=desk))


def _without_a_team(desk: Desk) -> list[UUID]:
    return [*_lacking_a_team(desk).filter(rank__lt=Rank.CLOSED.value).values_list("id", flat=True)]


def _lacking_a_team(desk: Desk) -> QuerySet[Case]:
    leads = accounts.lead_recipients(NOBODY_EXCLUDED)
    lacking = Q(assignee__isnull=True) & ~_has_all(_everyone()) | Q(assignee__isnull=False) & ~_has_all(leads)
    return reachable_cases(desk.ring).filter(lacking).order_by("severity", "id")


def _joined_apart(desk: Desk) -> Iterator[UUID]:
    """Yield cases that others read than the case they became: whoever lost that one must not read on in these."""
    joined = reachable_cases(desk.ring).filter(joined__isnull=False).order_by("id")
    for case_id, work in joined.values_list("id", "work"):
        present = reachable_cases(desk.ring).filter(pk=present_case(case_id)).values_list("work", flat=True).first()
        if present and vault_queries.recipients_of(work) != vault_queries.recipients_of(present):
            yield case_id


def _everyone() -> Audience:
    return accounts.intake_recipients(NOBODY_EXCLUDED)


def _has_all(audience: Audience) -> Q:
    wrapped = [Q(work__in=vault_queries.wrapped_to([each.id])) for each in audience.recipients]
    return reduce(and_, wrapped, Q())


def _waiting(desk: Desk) -> Iterator[UUID]:
    stale = vault_queries.wrapped_to(accounts.keys_to_leave())
    # Every staff reader of a conversation reads the work file too, so the work file tells for both.
    found = reachable_cases(desk.ring).filter(work__in=stale).order_by("severity", "id")
    return following.in_slices(found, AT_ONCE)


@transaction.atomic
def _rewrap(case_id: UUID, desk: Desk) -> int:
    held = open_case(present_case(case_id), desk, why="wrap the case to the keys of today")
    readers = _readers(held)
    if not readers or _read_by(held, readers):
        return 0
    give_to(held, readers)
    held.save()
    held.tell(Deed.CASE_REWRAPPED)
    return 1


def _read_by(held: OpenCase, readers: Sequence[Recipient]) -> bool:
    """Answer whether these and nobody else of ours read the case already, and it has not just gone back to be taken."""
    joined = joined_works(held.case.id, held.desk.ring)
    envelopes = (held.case.work, *joined, *(report.conversation for report in held.reports))
    now = vault_queries.recipients_of_each(envelopes).values()
    wanted = {reader.id for reader in readers}
    unchanged = "assignee" not in held.case.changed
    return unchanged and all({each for each in some if not is_blind(each)} == wanted for some in now)


def _readers(held: OpenCase) -> Sequence[Recipient]:
    try:
        return readers_of(held.case, held.cover)
    except NotAllowed:
        # Whoever had taken it has left, or their new key is not signed yet: the case goes back to be taken.
        held.case.assignee = None
        return readers_of(held.case, held.cover)
    except Refused:
        # Nobody is left whom its reporter allows. What is wrapped stays as it is until there is somebody.
        return ()


def _follow_organisation(desk: Desk, organisation: Recipient) -> int:
    """Wrap a partner's conversations to their new key. Only they can: nothing tells us which are theirs."""
    former = {each for each in desk.ring.recipient_ids if is_blind(each)} - {organisation.id}
    found = reachable_reports(desk.ring).filter(conversation__in=vault_queries.wrapped_to(former)).order_by("id")
    follow = partial(_follow, desk=desk, organisation=organisation, former=former)
    return following.one_by_one("cases", following.in_slices(found, AT_ONCE), follow, at_most=AT_ONCE)


@transaction.atomic
def _follow(report_id: UUID, desk: Desk, organisation: Recipient, former: set[UUID]) -> int:
    held = open_report(report_id, desk.ring, why="wrap the conversation to the key of today")
    vault.rewrap(held.report.conversation, ring=desk.ring, add=[organisation], drop=former, by=desk.actor)
    # As it was told: what staff wrote down since is kept beside it and is never the reporter's own.
    told = TOLD.read(held.report.sealed, held.conversation, report_id)
    told = replace(told, organisation=organisation.id)
    held.report.sealed = TOLD.seal(told, held.conversation, report_id)
    held.report.save(update_fields=["sealed"])
    return 1
